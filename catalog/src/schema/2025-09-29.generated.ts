// Generated from 2025-09-29.json by `npm run generate`; do not edit.
// @ts-nocheck
var ne = (t, l) => () => {
  try {
    return l || t((l = { exports: {} }).exports, l), l.exports;
  } catch (e) {
    throw l = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var M = ne((C) => {
  "use strict";
  Object.defineProperty(C, "__esModule", { value: !0 });
  function ee(t) {
    let l = t.length, e = 0, i = 0, s;
    for (; i < l; )
      e++, s = t.charCodeAt(i++), s >= 55296 && s <= 56319 && i < l && (s = t.charCodeAt(i), (s & 64512) === 56320 && i++);
    return e;
  }
  C.default = ee;
  ee.code = 'require("ajv/dist/runtime/ucs2length").default';
});

// <stdin>
function R(t, l) {
  if (t === null) return l;
  for (let e of l) t.push(e);
  return t;
}
var he = te;
var U = M().default, oe = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), B = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
function F(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.description === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "description" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.version === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.name !== void 0) {
      let s = t.name;
      if (typeof s == "string") {
        if (U(s) > 200) {
          let o = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (U(s) < 3) {
          let o = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/minLength", keyword: "minLength", params: { limit: 3 } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (!oe.test(s)) {
          let o = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.description !== void 0) {
      let s = t.description;
      if (typeof s == "string") {
        if (U(s) > 100) {
          let o = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (U(s) < 1) {
          let o = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.repository !== void 0) {
      let s = t.repository;
      if (s && typeof s == "object" && !Array.isArray(s)) {
        if (s.url === void 0) {
          let o = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (s.source === void 0) {
          let o = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (s.url !== void 0) {
          let o = s.url;
          if (typeof o == "string") {
            if (!B.test(o)) {
              let n = { instancePath: l + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" } };
              e === null ? e = [n] : e.push(n), i++;
            }
          } else {
            let n = { instancePath: l + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [n] : e.push(n), i++;
          }
        }
        if (s.source !== void 0 && typeof s.source != "string") {
          let o = { instancePath: l + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (s.id !== void 0 && typeof s.id != "string") {
          let o = { instancePath: l + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [o] : e.push(o), i++;
        }
        if (s.subfolder !== void 0 && typeof s.subfolder != "string") {
          let o = { instancePath: l + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.version !== void 0) {
      let s = t.version;
      if (typeof s == "string") {
        if (U(s) > 255) {
          let o = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.websiteUrl !== void 0) {
      let s = t.websiteUrl;
      if (typeof s == "string") {
        if (!B.test(s)) {
          let o = { instancePath: l + "/websiteUrl", schemaPath: "#/definitions/Server/properties/websiteUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/websiteUrl", schemaPath: "#/definitions/Server/properties/websiteUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/Server/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return F.errors = e, i === 0;
}
var ie = { type: "object", additionalProperties: !1, required: ["registryType", "identifier", "version", "transport"], properties: { registryType: { type: "string" }, registryBaseUrl: { type: "string", format: "uri" }, identifier: { type: "string" }, version: { type: "string", not: { const: "latest" }, minLength: 1 }, fileSha256: { type: "string", pattern: "^[a-f0-9]{64}$" }, runtimeHint: { type: "string" }, transport: { anyOf: [{ $ref: "#/definitions/StdioTransport" }, { $ref: "#/definitions/StreamableHttpTransport" }, { $ref: "#/definitions/SseTransport" }] }, runtimeArguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, packageArguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, environmentVariables: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } }, le = { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["stdio"] } } }, fe = Object.prototype.hasOwnProperty, ae = new RegExp("^[a-f0-9]{64}$", "u"), pe = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["streamable-http"] }, url: { type: "string" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
var re = { type: "object", properties: { description: { type: "string" }, isRequired: { type: "boolean" }, format: { type: "string", enum: ["string", "number", "boolean", "filepath"] }, value: { type: "string" }, isSecret: { type: "boolean" }, default: { type: "string" }, choices: { type: "array", items: { type: "string" } } } };
function E(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.description !== void 0 && typeof t.description != "string") {
      let s = { instancePath: l + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.isRequired !== void 0 && typeof t.isRequired != "boolean") {
      let s = { instancePath: l + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.format !== void 0) {
      let s = t.format;
      if (typeof s != "string") {
        let o = { instancePath: l + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
      if (!(s === "string" || s === "number" || s === "boolean" || s === "filepath")) {
        let o = { instancePath: l + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: re.properties.format.enum } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.value !== void 0 && typeof t.value != "string") {
      let s = { instancePath: l + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.isSecret !== void 0 && typeof t.isSecret != "boolean") {
      let s = { instancePath: l + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.default !== void 0 && typeof t.default != "string") {
      let s = { instancePath: l + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.choices !== void 0) {
      let s = t.choices;
      if (Array.isArray(s)) {
        let o = s.length;
        for (let n = 0; n < o; n++)
          if (typeof s[n] != "string") {
            let p = { instancePath: l + "/choices/" + n, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [p] : e.push(p), i++;
          }
      } else {
        let o = { instancePath: l + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.variables !== void 0) {
      let s = t.variables;
      if (s && typeof s == "object" && !Array.isArray(s))
        for (let o in s) {
          let n = s[o];
          if (n && typeof n == "object" && !Array.isArray(n)) {
            if (n.description !== void 0 && typeof n.description != "string") {
              let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), i++;
            }
            if (n.isRequired !== void 0 && typeof n.isRequired != "boolean") {
              let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), i++;
            }
            if (n.format !== void 0) {
              let p = n.format;
              if (typeof p != "string") {
                let y = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [y] : e.push(y), i++;
              }
              if (!(p === "string" || p === "number" || p === "boolean" || p === "filepath")) {
                let y = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: re.properties.format.enum } };
                e === null ? e = [y] : e.push(y), i++;
              }
            }
            if (n.value !== void 0 && typeof n.value != "string") {
              let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), i++;
            }
            if (n.isSecret !== void 0 && typeof n.isSecret != "boolean") {
              let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), i++;
            }
            if (n.default !== void 0 && typeof n.default != "string") {
              let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), i++;
            }
            if (n.choices !== void 0) {
              let p = n.choices;
              if (Array.isArray(p)) {
                let y = p.length;
                for (let v = 0; v < y; v++)
                  if (typeof p[v] != "string") {
                    let b = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + v, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [b] : e.push(b), i++;
                  }
              } else {
                let y = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [y] : e.push(y), i++;
              }
            }
          } else {
            let p = { instancePath: l + "/variables/" + o.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), i++;
          }
        }
      else {
        let o = { instancePath: l + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return E.errors = e, i === 0;
}
function L(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (E(t, { instancePath: l }) || (e = R(e, E.errors), i = e.length), t && typeof t == "object" && !Array.isArray(t)) {
    if (t.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.name !== void 0 && typeof t.name != "string") {
      let s = { instancePath: l + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return L.errors = e, i === 0;
}
function D(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.url === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.type !== void 0) {
      let s = t.type;
      if (typeof s != "string") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
      if (s !== "streamable-http") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: pe.properties.type.enum } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.url !== void 0 && typeof t.url != "string") {
      let s = { instancePath: l + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.headers !== void 0) {
      let s = t.headers;
      if (Array.isArray(s)) {
        let o = s.length;
        for (let n = 0; n < o; n++)
          L(s[n], { instancePath: l + "/headers/" + n }) || (e = R(e, L.errors), i = e.length);
      } else {
        let o = { instancePath: l + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return D.errors = e, i === 0;
}
var ue = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["sse"] }, url: { type: "string", format: "uri" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
function K(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.url === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.type !== void 0) {
      let s = t.type;
      if (typeof s != "string") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
      if (s !== "sse") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ue.properties.type.enum } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.url !== void 0) {
      let s = t.url;
      if (typeof s == "string") {
        if (!B.test(s)) {
          let o = { instancePath: l + "/url", schemaPath: "#/definitions/SseTransport/properties/url/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [o] : e.push(o), i++;
        }
      } else {
        let o = { instancePath: l + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.headers !== void 0) {
      let s = t.headers;
      if (Array.isArray(s)) {
        let o = s.length;
        for (let n = 0; n < o; n++)
          L(s[n], { instancePath: l + "/headers/" + n }) || (e = R(e, L.errors), i = e.length);
      } else {
        let o = { instancePath: l + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return K.errors = e, i === 0;
}
var ye = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["positional"] }, valueHint: { type: "string" }, isRepeated: { type: "boolean" } }, anyOf: [{ required: ["valueHint"] }, { required: ["value"] }] }] };
function G(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  E(t, { instancePath: l }) || (e = R(e, E.errors), i = e.length);
  let s = i, o = !1, n = i;
  if (t && typeof t == "object" && !Array.isArray(t) && t.valueHint === void 0) {
    let y = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "valueHint" } };
    e === null ? e = [y] : e.push(y), i++;
  }
  var p = n === i;
  if (o = o || p, !o) {
    let y = i;
    if (t && typeof t == "object" && !Array.isArray(t) && t.value === void 0) {
      let b = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      e === null ? e = [b] : e.push(b), i++;
    }
    var p = y === i;
    o = o || p;
  }
  if (o)
    i = s, e !== null && (s ? e.length = s : e = null);
  else {
    let y = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [y] : e.push(y), i++;
  }
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.type === void 0) {
      let y = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [y] : e.push(y), i++;
    }
    if (t.type !== void 0) {
      let y = t.type;
      if (typeof y != "string") {
        let v = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [v] : e.push(v), i++;
      }
      if (y !== "positional") {
        let v = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ye.allOf[1].properties.type.enum } };
        e === null ? e = [v] : e.push(v), i++;
      }
    }
    if (t.valueHint !== void 0 && typeof t.valueHint != "string") {
      let y = { instancePath: l + "/valueHint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/valueHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [y] : e.push(y), i++;
    }
    if (t.isRepeated !== void 0 && typeof t.isRepeated != "boolean") {
      let y = { instancePath: l + "/isRepeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [y] : e.push(y), i++;
    }
  } else {
    let y = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [y] : e.push(y), i++;
  }
  return G.errors = e, i === 0;
}
var de = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type", "name"], properties: { type: { type: "string", enum: ["named"] }, name: { type: "string" }, isRepeated: { type: "boolean" } } }] };
function J(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (E(t, { instancePath: l }) || (e = R(e, E.errors), i = e.length), t && typeof t == "object" && !Array.isArray(t)) {
    if (t.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.type !== void 0) {
      let s = t.type;
      if (typeof s != "string") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), i++;
      }
      if (s !== "named") {
        let o = { instancePath: l + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: de.allOf[1].properties.type.enum } };
        e === null ? e = [o] : e.push(o), i++;
      }
    }
    if (t.name !== void 0 && typeof t.name != "string") {
      let s = { instancePath: l + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), i++;
    }
    if (t.isRepeated !== void 0 && typeof t.isRepeated != "boolean") {
      let s = { instancePath: l + "/isRepeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), i++;
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), i++;
  }
  return J.errors = e, i === 0;
}
function z(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0, s = i, o = !1, n = i;
  G(t, { instancePath: l }) || (e = R(e, G.errors), i = e.length);
  var p = n === i;
  if (o = o || p, !o) {
    let y = i;
    J(t, { instancePath: l }) || (e = R(e, J.errors), i = e.length);
    var p = y === i;
    o = o || p;
  }
  if (o)
    i = s, e !== null && (s ? e.length = s : e = null);
  else {
    let y = { instancePath: l, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [y] : e.push(y), i++;
  }
  return z.errors = e, i === 0;
}
function Q(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (t && typeof t == "object" && !Array.isArray(t)) {
    if (t.registryType === void 0) {
      let n = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registryType" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.identifier === void 0) {
      let n = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.version === void 0) {
      let n = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.transport === void 0) {
      let n = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    for (let n in t)
      if (!fe.call(ie.properties, n)) {
        let p = { instancePath: l, schemaPath: "#/definitions/Package/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: n } };
        e === null ? e = [p] : e.push(p), i++;
      }
    if (t.registryType !== void 0 && typeof t.registryType != "string") {
      let n = { instancePath: l + "/registryType", schemaPath: "#/definitions/Package/properties/registryType/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.registryBaseUrl !== void 0) {
      let n = t.registryBaseUrl;
      if (typeof n == "string") {
        if (!B.test(n)) {
          let p = { instancePath: l + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [p] : e.push(p), i++;
        }
      } else {
        let p = { instancePath: l + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), i++;
      }
    }
    if (t.identifier !== void 0 && typeof t.identifier != "string") {
      let n = { instancePath: l + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.version !== void 0) {
      let n = t.version, p = i, y = i;
      if (n !== "latest") {
        let v = {};
        e === null ? e = [v] : e.push(v), i++;
      }
      var s = y === i;
      if (s) {
        let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        e === null ? e = [v] : e.push(v), i++;
      } else
        i = p, e !== null && (p ? e.length = p : e = null);
      if (typeof n == "string") {
        if (U(n) < 1) {
          let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [v] : e.push(v), i++;
        }
      } else {
        let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [v] : e.push(v), i++;
      }
    }
    if (t.fileSha256 !== void 0) {
      let n = t.fileSha256;
      if (typeof n == "string") {
        if (!ae.test(n)) {
          let p = { instancePath: l + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          e === null ? e = [p] : e.push(p), i++;
        }
      } else {
        let p = { instancePath: l + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), i++;
      }
    }
    if (t.runtimeHint !== void 0 && typeof t.runtimeHint != "string") {
      let n = { instancePath: l + "/runtimeHint", schemaPath: "#/definitions/Package/properties/runtimeHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [n] : e.push(n), i++;
    }
    if (t.transport !== void 0) {
      let n = t.transport, p = i, y = !1, v = i;
      if (n && typeof n == "object" && !Array.isArray(n)) {
        if (n.type === void 0) {
          let b = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
          e === null ? e = [b] : e.push(b), i++;
        }
        if (n.type !== void 0) {
          let b = n.type;
          if (typeof b != "string") {
            let $ = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [$] : e.push($), i++;
          }
          if (b !== "stdio") {
            let $ = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: le.properties.type.enum } };
            e === null ? e = [$] : e.push($), i++;
          }
        }
      } else {
        let b = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [b] : e.push(b), i++;
      }
      var o = v === i;
      if (y = y || o, !y) {
        let b = i;
        D(n, { instancePath: l + "/transport" }) || (e = R(e, D.errors), i = e.length);
        var o = b === i;
        if (y = y || o, !y) {
          let I = i;
          K(n, { instancePath: l + "/transport" }) || (e = R(e, K.errors), i = e.length);
          var o = I === i;
          y = y || o;
        }
      }
      if (y)
        i = p, e !== null && (p ? e.length = p : e = null);
      else {
        let b = { instancePath: l + "/transport", schemaPath: "#/definitions/Package/properties/transport/anyOf", keyword: "anyOf", params: {} };
        e === null ? e = [b] : e.push(b), i++;
      }
    }
    if (t.runtimeArguments !== void 0) {
      let n = t.runtimeArguments;
      if (Array.isArray(n)) {
        let p = n.length;
        for (let y = 0; y < p; y++)
          z(n[y], { instancePath: l + "/runtimeArguments/" + y }) || (e = R(e, z.errors), i = e.length);
      } else {
        let p = { instancePath: l + "/runtimeArguments", schemaPath: "#/definitions/Package/properties/runtimeArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), i++;
      }
    }
    if (t.packageArguments !== void 0) {
      let n = t.packageArguments;
      if (Array.isArray(n)) {
        let p = n.length;
        for (let y = 0; y < p; y++)
          z(n[y], { instancePath: l + "/packageArguments/" + y }) || (e = R(e, z.errors), i = e.length);
      } else {
        let p = { instancePath: l + "/packageArguments", schemaPath: "#/definitions/Package/properties/packageArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), i++;
      }
    }
    if (t.environmentVariables !== void 0) {
      let n = t.environmentVariables;
      if (Array.isArray(n)) {
        let p = n.length;
        for (let y = 0; y < p; y++)
          L(n[y], { instancePath: l + "/environmentVariables/" + y }) || (e = R(e, L.errors), i = e.length);
      } else {
        let p = { instancePath: l + "/environmentVariables", schemaPath: "#/definitions/Package/properties/environmentVariables/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), i++;
      }
    }
  } else {
    let n = { instancePath: l, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [n] : e.push(n), i++;
  }
  return Q.errors = e, i === 0;
}
function X(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  if (F(t, { instancePath: l }) || (e = R(e, F.errors), i = e.length), t && typeof t == "object" && !Array.isArray(t)) {
    if (t.$schema !== void 0) {
      let o = t.$schema;
      if (typeof o == "string") {
        if (!B.test(o)) {
          let n = { instancePath: l + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [n] : e.push(n), i++;
        }
      } else {
        let n = { instancePath: l + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), i++;
      }
    }
    if (t.packages !== void 0) {
      let o = t.packages;
      if (Array.isArray(o)) {
        let n = o.length;
        for (let p = 0; p < n; p++)
          Q(o[p], { instancePath: l + "/packages/" + p }) || (e = R(e, Q.errors), i = e.length);
      } else {
        let n = { instancePath: l + "/packages", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/packages/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), i++;
      }
    }
    if (t.remotes !== void 0) {
      let o = t.remotes;
      if (Array.isArray(o)) {
        let n = o.length;
        for (let p = 0; p < n; p++) {
          let y = o[p], v = i, b = !1, $ = i;
          D(y, { instancePath: l + "/remotes/" + p }) || (e = R(e, D.errors), i = e.length);
          var s = $ === i;
          if (b = b || s, !b) {
            let I = i;
            K(y, { instancePath: l + "/remotes/" + p }) || (e = R(e, K.errors), i = e.length);
            var s = I === i;
            b = b || s;
          }
          if (b)
            i = v, e !== null && (v ? e.length = v : e = null);
          else {
            let I = { instancePath: l + "/remotes/" + p, schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/items/anyOf", keyword: "anyOf", params: {} };
            e === null ? e = [I] : e.push(I), i++;
          }
        }
      } else {
        let n = { instancePath: l + "/remotes", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), i++;
      }
    }
    if (t._meta !== void 0) {
      let o = t._meta;
      if (o && typeof o == "object" && !Array.isArray(o)) {
        if (o["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let n = o["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(n && typeof n == "object" && !Array.isArray(n))) {
            let p = { instancePath: l + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), i++;
          }
        }
      } else {
        let n = { instancePath: l + "/_meta", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [n] : e.push(n), i++;
      }
    }
  } else {
    let o = { instancePath: l, schemaPath: "#/definitions/ServerDetail/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), i++;
  }
  return X.errors = e, i === 0;
}
function te(t, { instancePath: l = "" } = {}) {
  let e = null, i = 0;
  return X(t, { instancePath: l }) || (e = R(e, X.errors), i = e.length), te.errors = e, i === 0;
}
var ge = (() => {
  "use strict";
  let t = M().default, l = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), e = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
  function i(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.name === void 0 && (m = "name") || f.description === void 0 && (m = "description") || f.version === void 0 && (m = "version"))
          return i.errors = [0], !1;
        if (f.name !== void 0) {
          let d = f.name, g = r;
          if (r === g)
            if (typeof d == "string") {
              if (d.length > 200 && t(d) > 200)
                return i.errors = [0], !1;
              if (d.length < 6 && t(d) < 3)
                return i.errors = [0], !1;
              if (!l.test(d))
                return i.errors = [0], !1;
            } else
              return i.errors = [0], !1;
          var c = g === r;
        } else
          var c = !0;
        if (c) {
          if (f.description !== void 0) {
            let d = f.description, g = r;
            if (r === g)
              if (typeof d == "string") {
                if (d.length > 100 && t(d) > 100)
                  return i.errors = [0], !1;
                if (d.length < 2 && t(d) < 1)
                  return i.errors = [0], !1;
              } else
                return i.errors = [0], !1;
            var c = g === r;
          } else
            var c = !0;
          if (c) {
            if (f.repository !== void 0) {
              let d = f.repository, g = r;
              if (r === r)
                if (d && typeof d == "object" && !Array.isArray(d)) {
                  let T;
                  if (d.url === void 0 && (T = "url") || d.source === void 0 && (T = "source"))
                    return i.errors = [0], !1;
                  if (d.url !== void 0) {
                    let u = d.url, h = r;
                    if (r === h && r === h)
                      if (typeof u == "string") {
                        if (!e.test(u))
                          return i.errors = [0], !1;
                      } else
                        return i.errors = [0], !1;
                    var k = h === r;
                  } else
                    var k = !0;
                  if (k) {
                    if (d.source !== void 0) {
                      let u = r;
                      if (typeof d.source != "string")
                        return i.errors = [0], !1;
                      var k = u === r;
                    } else
                      var k = !0;
                    if (k) {
                      if (d.id !== void 0) {
                        let u = r;
                        if (typeof d.id != "string")
                          return i.errors = [0], !1;
                        var k = u === r;
                      } else
                        var k = !0;
                      if (k)
                        if (d.subfolder !== void 0) {
                          let u = r;
                          if (typeof d.subfolder != "string")
                            return i.errors = [0], !1;
                          var k = u === r;
                        } else
                          var k = !0;
                    }
                  }
                } else
                  return i.errors = [0], !1;
              var c = g === r;
            } else
              var c = !0;
            if (c) {
              if (f.version !== void 0) {
                let d = f.version, g = r;
                if (r === g)
                  if (typeof d == "string") {
                    if (d.length > 255 && t(d) > 255)
                      return i.errors = [0], !1;
                  } else
                    return i.errors = [0], !1;
                var c = g === r;
              } else
                var c = !0;
              if (c)
                if (f.websiteUrl !== void 0) {
                  let d = f.websiteUrl, g = r;
                  if (r === g && r === g)
                    if (typeof d == "string") {
                      if (!e.test(d))
                        return i.errors = [0], !1;
                    } else
                      return i.errors = [0], !1;
                  var c = g === r;
                } else
                  var c = !0;
            }
          }
        }
      } else
        return i.errors = [0], !1;
    return i.errors = a, r === 0;
  }
  let s = Object.prototype.hasOwnProperty, o = new RegExp("^[a-f0-9]{64}$", "u");
  function n(f) {
    let a = null, r = 0, c = r;
    if (r === r)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        if (f.description !== void 0) {
          let u = r;
          if (typeof f.description != "string")
            return n.errors = [0], !1;
          var m = u === r;
        } else
          var m = !0;
        if (m) {
          if (f.isRequired !== void 0) {
            let u = r;
            if (typeof f.isRequired != "boolean")
              return n.errors = [0], !1;
            var m = u === r;
          } else
            var m = !0;
          if (m) {
            if (f.format !== void 0) {
              let u = f.format, h = r;
              if (typeof u != "string")
                return n.errors = [0], !1;
              if (!(u === "string" || u === "number" || u === "boolean" || u === "filepath"))
                return n.errors = [0], !1;
              var m = h === r;
            } else
              var m = !0;
            if (m) {
              if (f.value !== void 0) {
                let u = r;
                if (typeof f.value != "string")
                  return n.errors = [0], !1;
                var m = u === r;
              } else
                var m = !0;
              if (m) {
                if (f.isSecret !== void 0) {
                  let u = r;
                  if (typeof f.isSecret != "boolean")
                    return n.errors = [0], !1;
                  var m = u === r;
                } else
                  var m = !0;
                if (m) {
                  if (f.default !== void 0) {
                    let u = r;
                    if (typeof f.default != "string")
                      return n.errors = [0], !1;
                    var m = u === r;
                  } else
                    var m = !0;
                  if (m)
                    if (f.choices !== void 0) {
                      let u = f.choices, h = r;
                      if (r === h)
                        if (Array.isArray(u)) {
                          var d = !0;
                          let _ = u.length;
                          for (let j = 0; j < _; j++) {
                            let P = r;
                            if (typeof u[j] != "string")
                              return n.errors = [0], !1;
                            var d = P === r;
                            if (!d)
                              break;
                          }
                        } else
                          return n.errors = [0], !1;
                      var m = h === r;
                    } else
                      var m = !0;
                }
              }
            }
          }
        }
      } else
        return n.errors = [0], !1;
    var g = c === r;
    if (g) {
      let u = r;
      if (r === u)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.variables !== void 0) {
            let O = f.variables;
            if (r === r)
              if (O && typeof O == "object" && !Array.isArray(O))
                for (let j in O) {
                  let P = O[j], Z = r;
                  if (r === r)
                    if (P && typeof P == "object" && !Array.isArray(P)) {
                      if (P.description !== void 0) {
                        let w = r;
                        if (typeof P.description != "string")
                          return n.errors = [0], !1;
                        var A = w === r;
                      } else
                        var A = !0;
                      if (A) {
                        if (P.isRequired !== void 0) {
                          let w = r;
                          if (typeof P.isRequired != "boolean")
                            return n.errors = [0], !1;
                          var A = w === r;
                        } else
                          var A = !0;
                        if (A) {
                          if (P.format !== void 0) {
                            let w = P.format, x = r;
                            if (typeof w != "string")
                              return n.errors = [0], !1;
                            if (!(w === "string" || w === "number" || w === "boolean" || w === "filepath"))
                              return n.errors = [0], !1;
                            var A = x === r;
                          } else
                            var A = !0;
                          if (A) {
                            if (P.value !== void 0) {
                              let w = r;
                              if (typeof P.value != "string")
                                return n.errors = [0], !1;
                              var A = w === r;
                            } else
                              var A = !0;
                            if (A) {
                              if (P.isSecret !== void 0) {
                                let w = r;
                                if (typeof P.isSecret != "boolean")
                                  return n.errors = [0], !1;
                                var A = w === r;
                              } else
                                var A = !0;
                              if (A) {
                                if (P.default !== void 0) {
                                  let w = r;
                                  if (typeof P.default != "string")
                                    return n.errors = [0], !1;
                                  var A = w === r;
                                } else
                                  var A = !0;
                                if (A)
                                  if (P.choices !== void 0) {
                                    let w = P.choices, x = r;
                                    if (r === x)
                                      if (Array.isArray(w)) {
                                        var S = !0;
                                        let N = w.length;
                                        for (let W = 0; W < N; W++) {
                                          let se = r;
                                          if (typeof w[W] != "string")
                                            return n.errors = [0], !1;
                                          var S = se === r;
                                          if (!S)
                                            break;
                                        }
                                      } else
                                        return n.errors = [0], !1;
                                    var A = x === r;
                                  } else
                                    var A = !0;
                              }
                            }
                          }
                        }
                      }
                    } else
                      return n.errors = [0], !1;
                  var T = Z === r;
                  if (!T)
                    break;
                }
              else
                return n.errors = [0], !1;
          }
        } else
          return n.errors = [0], !1;
      var g = u === r;
    }
    return n.errors = a, r === 0;
  }
  function p(f) {
    let a = null, r = 0, c = r;
    n(f) || (a = a === null ? n.errors : a.concat(n.errors), r = a.length);
    var k = c === r;
    if (k) {
      let m = r;
      if (r === m)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let g;
          if (f.name === void 0 && (g = "name"))
            return p.errors = [0], !1;
          if (f.name !== void 0 && typeof f.name != "string")
            return p.errors = [0], !1;
        } else
          return p.errors = [0], !1;
      var k = m === r;
    }
    return p.errors = a, r === 0;
  }
  function y(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.type === void 0 && (m = "type") || f.url === void 0 && (m = "url"))
          return y.errors = [0], !1;
        if (f.type !== void 0) {
          let d = f.type, g = r;
          if (typeof d != "string")
            return y.errors = [0], !1;
          if (d !== "streamable-http")
            return y.errors = [0], !1;
          var c = g === r;
        } else
          var c = !0;
        if (c) {
          if (f.url !== void 0) {
            let d = r;
            if (typeof f.url != "string")
              return y.errors = [0], !1;
            var c = d === r;
          } else
            var c = !0;
          if (c)
            if (f.headers !== void 0) {
              let d = f.headers, g = r;
              if (r === g)
                if (Array.isArray(d)) {
                  var k = !0;
                  let S = d.length;
                  for (let T = 0; T < S; T++) {
                    let u = r;
                    p(d[T]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var k = u === r;
                    if (!k)
                      break;
                  }
                } else
                  return y.errors = [0], !1;
              var c = g === r;
            } else
              var c = !0;
        }
      } else
        return y.errors = [0], !1;
    return y.errors = a, r === 0;
  }
  function v(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.type === void 0 && (m = "type") || f.url === void 0 && (m = "url"))
          return v.errors = [0], !1;
        if (f.type !== void 0) {
          let d = f.type, g = r;
          if (typeof d != "string")
            return v.errors = [0], !1;
          if (d !== "sse")
            return v.errors = [0], !1;
          var c = g === r;
        } else
          var c = !0;
        if (c) {
          if (f.url !== void 0) {
            let d = f.url, g = r;
            if (r === g && r === g)
              if (typeof d == "string") {
                if (!e.test(d))
                  return v.errors = [0], !1;
              } else
                return v.errors = [0], !1;
            var c = g === r;
          } else
            var c = !0;
          if (c)
            if (f.headers !== void 0) {
              let d = f.headers, g = r;
              if (r === g)
                if (Array.isArray(d)) {
                  var k = !0;
                  let S = d.length;
                  for (let T = 0; T < S; T++) {
                    let u = r;
                    p(d[T]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var k = u === r;
                    if (!k)
                      break;
                  }
                } else
                  return v.errors = [0], !1;
              var c = g === r;
            } else
              var c = !0;
        }
      } else
        return v.errors = [0], !1;
    return v.errors = a, r === 0;
  }
  function b(f) {
    let a = null, r = 0, c = r;
    n(f) || (a = a === null ? n.errors : a.concat(n.errors), r = a.length);
    var k = c === r;
    if (k) {
      let g = r, A = r, S = !1, T = r;
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let h;
        f.valueHint === void 0 && (h = "valueHint") && (a === null ? a = [0] : a.push(0), r++);
      }
      var m = T === r;
      if (S = S || m, !S) {
        let h = r;
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let _;
          f.value === void 0 && (_ = "value") && (a === null ? a = [0] : a.push(0), r++);
        }
        var m = h === r;
        S = S || m;
      }
      if (S)
        r = A, a !== null && (A ? a.length = A : a = null);
      else
        return a === null ? a = [0] : a.push(0), r++, b.errors = a, !1;
      if (r === g)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let h;
          if (f.type === void 0 && (h = "type"))
            return b.errors = [0], !1;
          if (f.type !== void 0) {
            let O = f.type, _ = r;
            if (typeof O != "string")
              return b.errors = [0], !1;
            if (O !== "positional")
              return b.errors = [0], !1;
            var d = _ === r;
          } else
            var d = !0;
          if (d) {
            if (f.valueHint !== void 0) {
              let O = r;
              if (typeof f.valueHint != "string")
                return b.errors = [0], !1;
              var d = O === r;
            } else
              var d = !0;
            if (d)
              if (f.isRepeated !== void 0) {
                let O = r;
                if (typeof f.isRepeated != "boolean")
                  return b.errors = [0], !1;
                var d = O === r;
              } else
                var d = !0;
          }
        } else
          return b.errors = [0], !1;
      var k = g === r;
    }
    return b.errors = a, r === 0;
  }
  function $(f) {
    let a = null, r = 0, c = r;
    n(f) || (a = a === null ? n.errors : a.concat(n.errors), r = a.length);
    var k = c === r;
    if (k) {
      let d = r;
      if (r === d)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let A;
          if (f.type === void 0 && (A = "type") || f.name === void 0 && (A = "name"))
            return $.errors = [0], !1;
          if (f.type !== void 0) {
            let S = f.type, T = r;
            if (typeof S != "string")
              return $.errors = [0], !1;
            if (S !== "named")
              return $.errors = [0], !1;
            var m = T === r;
          } else
            var m = !0;
          if (m) {
            if (f.name !== void 0) {
              let S = r;
              if (typeof f.name != "string")
                return $.errors = [0], !1;
              var m = S === r;
            } else
              var m = !0;
            if (m)
              if (f.isRepeated !== void 0) {
                let S = r;
                if (typeof f.isRepeated != "boolean")
                  return $.errors = [0], !1;
                var m = S === r;
              } else
                var m = !0;
          }
        } else
          return $.errors = [0], !1;
      var k = d === r;
    }
    return $.errors = a, r === 0;
  }
  function I(f) {
    let a = null, r = 0, c = r, k = !1, m = r;
    b(f) || (a = a === null ? b.errors : a.concat(b.errors), r = a.length);
    var d = m === r;
    if (k = k || d, !k) {
      let g = r;
      $(f) || (a = a === null ? $.errors : a.concat($.errors), r = a.length);
      var d = g === r;
      k = k || d;
    }
    if (k)
      r = c, a !== null && (c ? a.length = c : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, I.errors = a, !1;
    return I.errors = a, r === 0;
  }
  function q(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let S;
        if (f.registryType === void 0 && (S = "registryType") || f.identifier === void 0 && (S = "identifier") || f.version === void 0 && (S = "version") || f.transport === void 0 && (S = "transport"))
          return q.errors = [0], !1;
        {
          let T = r;
          for (let u in f)
            if (!s.call(ie.properties, u)) {
              return q.errors = [0], !1;
              break;
            }
          if (T === r) {
            if (f.registryType !== void 0) {
              let u = r;
              if (typeof f.registryType != "string")
                return q.errors = [0], !1;
              var c = u === r;
            } else
              var c = !0;
            if (c) {
              if (f.registryBaseUrl !== void 0) {
                let u = f.registryBaseUrl, h = r;
                if (r === h && r === h)
                  if (typeof u == "string") {
                    if (!e.test(u))
                      return q.errors = [0], !1;
                  } else
                    return q.errors = [0], !1;
                var c = h === r;
              } else
                var c = !0;
              if (c) {
                if (f.identifier !== void 0) {
                  let u = r;
                  if (typeof f.identifier != "string")
                    return q.errors = [0], !1;
                  var c = u === r;
                } else
                  var c = !0;
                if (c) {
                  if (f.version !== void 0) {
                    let u = f.version, h = r, O = r, _ = r;
                    if (u !== "latest") {
                      let P = {};
                      a === null ? a = [P] : a.push(P), r++;
                    }
                    var k = _ === r;
                    if (k)
                      return q.errors = [0], !1;
                    if (r = O, a !== null && (O ? a.length = O : a = null), r === h)
                      if (typeof u == "string") {
                        if (u.length < 2 && t(u) < 1)
                          return q.errors = [0], !1;
                      } else
                        return q.errors = [0], !1;
                    var c = h === r;
                  } else
                    var c = !0;
                  if (c) {
                    if (f.fileSha256 !== void 0) {
                      let u = f.fileSha256, h = r;
                      if (r === h)
                        if (typeof u == "string") {
                          if (!o.test(u))
                            return q.errors = [0], !1;
                        } else
                          return q.errors = [0], !1;
                      var c = h === r;
                    } else
                      var c = !0;
                    if (c) {
                      if (f.runtimeHint !== void 0) {
                        let u = r;
                        if (typeof f.runtimeHint != "string")
                          return q.errors = [0], !1;
                        var c = u === r;
                      } else
                        var c = !0;
                      if (c) {
                        if (f.transport !== void 0) {
                          let u = f.transport, h = r, O = r, _ = !1, j = r;
                          if (r === r)
                            if (u && typeof u == "object" && !Array.isArray(u)) {
                              let H;
                              if (u.type === void 0 && (H = "type"))
                                a === null ? a = [0] : a.push(0), r++;
                              else if (u.type !== void 0) {
                                let w = u.type;
                                typeof w != "string" && (a === null ? a = [0] : a.push(0), r++), w !== "stdio" && (a === null ? a = [0] : a.push(0), r++);
                              }
                            } else
                              a === null ? a = [0] : a.push(0), r++;
                          var m = j === r;
                          if (_ = _ || m, !_) {
                            let H = r;
                            y(u) || (a = a === null ? y.errors : a.concat(y.errors), r = a.length);
                            var m = H === r;
                            if (_ = _ || m, !_) {
                              let x = r;
                              v(u) || (a = a === null ? v.errors : a.concat(v.errors), r = a.length);
                              var m = x === r;
                              _ = _ || m;
                            }
                          }
                          if (_)
                            r = O, a !== null && (O ? a.length = O : a = null);
                          else
                            return a === null ? a = [0] : a.push(0), r++, q.errors = a, !1;
                          var c = h === r;
                        } else
                          var c = !0;
                        if (c) {
                          if (f.runtimeArguments !== void 0) {
                            let u = f.runtimeArguments, h = r;
                            if (r === h)
                              if (Array.isArray(u)) {
                                var d = !0;
                                let _ = u.length;
                                for (let j = 0; j < _; j++) {
                                  let P = r;
                                  I(u[j]) || (a = a === null ? I.errors : a.concat(I.errors), r = a.length);
                                  var d = P === r;
                                  if (!d)
                                    break;
                                }
                              } else
                                return q.errors = [0], !1;
                            var c = h === r;
                          } else
                            var c = !0;
                          if (c) {
                            if (f.packageArguments !== void 0) {
                              let u = f.packageArguments, h = r;
                              if (r === h)
                                if (Array.isArray(u)) {
                                  var g = !0;
                                  let _ = u.length;
                                  for (let j = 0; j < _; j++) {
                                    let P = r;
                                    I(u[j]) || (a = a === null ? I.errors : a.concat(I.errors), r = a.length);
                                    var g = P === r;
                                    if (!g)
                                      break;
                                  }
                                } else
                                  return q.errors = [0], !1;
                              var c = h === r;
                            } else
                              var c = !0;
                            if (c)
                              if (f.environmentVariables !== void 0) {
                                let u = f.environmentVariables, h = r;
                                if (r === h)
                                  if (Array.isArray(u)) {
                                    var A = !0;
                                    let _ = u.length;
                                    for (let j = 0; j < _; j++) {
                                      let P = r;
                                      p(u[j]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                                      var A = P === r;
                                      if (!A)
                                        break;
                                    }
                                  } else
                                    return q.errors = [0], !1;
                                var c = h === r;
                              } else
                                var c = !0;
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      } else
        return q.errors = [0], !1;
    return q.errors = a, r === 0;
  }
  function V(f) {
    let a = null, r = 0, c = r;
    i(f) || (a = a === null ? i.errors : a.concat(i.errors), r = a.length);
    var k = c === r;
    if (k) {
      let S = r;
      if (r === S)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.$schema !== void 0) {
            let u = f.$schema, h = r;
            if (r === h && r === h)
              if (typeof u == "string") {
                if (!e.test(u))
                  return V.errors = [0], !1;
              } else
                return V.errors = [0], !1;
            var m = h === r;
          } else
            var m = !0;
          if (m) {
            if (f.packages !== void 0) {
              let u = f.packages, h = r;
              if (r === h)
                if (Array.isArray(u)) {
                  var d = !0;
                  let _ = u.length;
                  for (let j = 0; j < _; j++) {
                    let P = r;
                    q(u[j]) || (a = a === null ? q.errors : a.concat(q.errors), r = a.length);
                    var d = P === r;
                    if (!d)
                      break;
                  }
                } else
                  return V.errors = [0], !1;
              var m = h === r;
            } else
              var m = !0;
            if (m) {
              if (f.remotes !== void 0) {
                let u = f.remotes, h = r;
                if (r === h)
                  if (Array.isArray(u)) {
                    var g = !0;
                    let _ = u.length;
                    for (let j = 0; j < _; j++) {
                      let P = u[j], Z = r, H = r, w = !1, x = r;
                      y(P) || (a = a === null ? y.errors : a.concat(y.errors), r = a.length);
                      var A = x === r;
                      if (w = w || A, !w) {
                        let N = r;
                        v(P) || (a = a === null ? v.errors : a.concat(v.errors), r = a.length);
                        var A = N === r;
                        w = w || A;
                      }
                      if (w)
                        r = H, a !== null && (H ? a.length = H : a = null);
                      else
                        return a === null ? a = [0] : a.push(0), r++, V.errors = a, !1;
                      var g = Z === r;
                      if (!g)
                        break;
                    }
                  } else
                    return V.errors = [0], !1;
                var m = h === r;
              } else
                var m = !0;
              if (m)
                if (f._meta !== void 0) {
                  let u = f._meta, h = r;
                  if (r === h)
                    if (u && typeof u == "object" && !Array.isArray(u)) {
                      if (u["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                        let _ = u["io.modelcontextprotocol.registry/publisher-provided"];
                        if (r === r && !(_ && typeof _ == "object" && !Array.isArray(_)))
                          return V.errors = [0], !1;
                      }
                    } else
                      return V.errors = [0], !1;
                  var m = h === r;
                } else
                  var m = !0;
            }
          }
        } else
          return V.errors = [0], !1;
      var k = S === r;
    }
    return V.errors = a, r === 0;
  }
  function Y(f) {
    let a = null, r = 0;
    return V(f) || (a = a === null ? V.errors : a.concat(V.errors), r = a.length), Y.errors = a, r === 0;
  }
  return Y;
})();
export {
  ge as isValid,
  he as validate
};
