// Generated from 2025-09-16.json by `npm run generate`; do not edit.
// @ts-nocheck
var oe = (i, l) => () => {
  try {
    return l || i((l = { exports: {} }).exports, l), l.exports;
  } catch (e) {
    throw l = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var C = oe((W) => {
  "use strict";
  Object.defineProperty(W, "__esModule", { value: !0 });
  function Y(i) {
    let l = i.length, e = 0, t = 0, s;
    for (; t < l; )
      e++, s = i.charCodeAt(t++), s >= 55296 && s <= 56319 && t < l && (s = i.charCodeAt(t), (s & 64512) === 56320 && t++);
    return e;
  }
  W.default = Y;
  Y.code = 'require("ajv/dist/runtime/ucs2length").default';
});

// <stdin>
function R(i, l) {
  if (i === null) return l;
  for (let e of l) i.push(e);
  return i;
}
var ve = te;
var le = { type: "object", required: ["name", "description", "version"], properties: { name: { type: "string", pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", minLength: 3, maxLength: 200 }, description: { type: "string", minLength: 1, maxLength: 100 }, status: { type: "string", enum: ["active", "deprecated", "deleted"] }, repository: { $ref: "#/definitions/Repository" }, version: { type: "string", maxLength: 255 }, websiteUrl: { type: "string", format: "uri" } } };
var D = C().default, fe = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), K = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
function M(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.description === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "description" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.version === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.name !== void 0) {
      let s = i.name;
      if (typeof s == "string") {
        if (D(s) > 200) {
          let n = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (D(s) < 3) {
          let n = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/minLength", keyword: "minLength", params: { limit: 3 } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (!fe.test(s)) {
          let n = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.description !== void 0) {
      let s = i.description;
      if (typeof s == "string") {
        if (D(s) > 100) {
          let n = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (D(s) < 1) {
          let n = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.status !== void 0) {
      let s = i.status;
      if (typeof s != "string") {
        let n = { instancePath: l + "/status", schemaPath: "#/definitions/Server/properties/status/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
      if (!(s === "active" || s === "deprecated" || s === "deleted")) {
        let n = { instancePath: l + "/status", schemaPath: "#/definitions/Server/properties/status/enum", keyword: "enum", params: { allowedValues: le.properties.status.enum } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.repository !== void 0) {
      let s = i.repository;
      if (s && typeof s == "object" && !Array.isArray(s)) {
        if (s.url === void 0) {
          let n = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (s.source === void 0) {
          let n = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (s.url !== void 0) {
          let n = s.url;
          if (typeof n == "string") {
            if (!K.test(n)) {
              let o = { instancePath: l + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" } };
              e === null ? e = [o] : e.push(o), t++;
            }
          } else {
            let o = { instancePath: l + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [o] : e.push(o), t++;
          }
        }
        if (s.source !== void 0 && typeof s.source != "string") {
          let n = { instancePath: l + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (s.id !== void 0 && typeof s.id != "string") {
          let n = { instancePath: l + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (s.subfolder !== void 0 && typeof s.subfolder != "string") {
          let n = { instancePath: l + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.version !== void 0) {
      let s = i.version;
      if (typeof s == "string") {
        if (D(s) > 255) {
          let n = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.websiteUrl !== void 0) {
      let s = i.websiteUrl;
      if (typeof s == "string") {
        if (!K.test(s)) {
          let n = { instancePath: l + "/websiteUrl", schemaPath: "#/definitions/Server/properties/websiteUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/websiteUrl", schemaPath: "#/definitions/Server/properties/websiteUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/Server/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return M.errors = e, t === 0;
}
var re = { type: "object", additionalProperties: !1, required: ["registryType", "identifier", "version", "transport"], properties: { registryType: { type: "string" }, registryBaseUrl: { type: "string", format: "uri" }, identifier: { type: "string" }, version: { type: "string", not: { const: "latest" }, minLength: 1 }, fileSha256: { type: "string", pattern: "^[a-f0-9]{64}$" }, runtimeHint: { type: "string" }, transport: { anyOf: [{ $ref: "#/definitions/StdioTransport" }, { $ref: "#/definitions/StreamableHttpTransport" }, { $ref: "#/definitions/SseTransport" }] }, runtimeArguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, packageArguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, environmentVariables: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } }, ae = { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["stdio"] } } }, pe = Object.prototype.hasOwnProperty, ue = new RegExp("^[a-f0-9]{64}$", "u"), ye = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["streamable-http"] }, url: { type: "string" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
var ee = { type: "object", properties: { description: { type: "string" }, isRequired: { type: "boolean" }, format: { type: "string", enum: ["string", "number", "boolean", "filepath"] }, value: { type: "string" }, isSecret: { type: "boolean" }, default: { type: "string" }, choices: { type: "array", items: { type: "string" } } } };
function E(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.description !== void 0 && typeof i.description != "string") {
      let s = { instancePath: l + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.isRequired !== void 0 && typeof i.isRequired != "boolean") {
      let s = { instancePath: l + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.format !== void 0) {
      let s = i.format;
      if (typeof s != "string") {
        let n = { instancePath: l + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
      if (!(s === "string" || s === "number" || s === "boolean" || s === "filepath")) {
        let n = { instancePath: l + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: ee.properties.format.enum } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.value !== void 0 && typeof i.value != "string") {
      let s = { instancePath: l + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.isSecret !== void 0 && typeof i.isSecret != "boolean") {
      let s = { instancePath: l + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.default !== void 0 && typeof i.default != "string") {
      let s = { instancePath: l + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.choices !== void 0) {
      let s = i.choices;
      if (Array.isArray(s)) {
        let n = s.length;
        for (let o = 0; o < n; o++)
          if (typeof s[o] != "string") {
            let p = { instancePath: l + "/choices/" + o, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [p] : e.push(p), t++;
          }
      } else {
        let n = { instancePath: l + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.variables !== void 0) {
      let s = i.variables;
      if (s && typeof s == "object" && !Array.isArray(s))
        for (let n in s) {
          let o = s[n];
          if (o && typeof o == "object" && !Array.isArray(o)) {
            if (o.description !== void 0 && typeof o.description != "string") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (o.isRequired !== void 0 && typeof o.isRequired != "boolean") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (o.format !== void 0) {
              let p = o.format;
              if (typeof p != "string") {
                let u = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [u] : e.push(u), t++;
              }
              if (!(p === "string" || p === "number" || p === "boolean" || p === "filepath")) {
                let u = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: ee.properties.format.enum } };
                e === null ? e = [u] : e.push(u), t++;
              }
            }
            if (o.value !== void 0 && typeof o.value != "string") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (o.isSecret !== void 0 && typeof o.isSecret != "boolean") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (o.default !== void 0 && typeof o.default != "string") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (o.choices !== void 0) {
              let p = o.choices;
              if (Array.isArray(p)) {
                let u = p.length;
                for (let v = 0; v < u; v++)
                  if (typeof p[v] != "string") {
                    let k = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + v, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [k] : e.push(k), t++;
                  }
              } else {
                let u = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [u] : e.push(u), t++;
              }
            }
          } else {
            let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
      else {
        let n = { instancePath: l + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return E.errors = e, t === 0;
}
function L(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (E(i, { instancePath: l }) || (e = R(e, E.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
    if (i.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.name !== void 0 && typeof i.name != "string") {
      let s = { instancePath: l + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return L.errors = e, t === 0;
}
function N(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.url === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.type !== void 0) {
      let s = i.type;
      if (typeof s != "string") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
      if (s !== "streamable-http") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ye.properties.type.enum } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.url !== void 0 && typeof i.url != "string") {
      let s = { instancePath: l + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.headers !== void 0) {
      let s = i.headers;
      if (Array.isArray(s)) {
        let n = s.length;
        for (let o = 0; o < n; o++)
          L(s[o], { instancePath: l + "/headers/" + o }) || (e = R(e, L.errors), t = e.length);
      } else {
        let n = { instancePath: l + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return N.errors = e, t === 0;
}
var de = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["sse"] }, url: { type: "string", format: "uri" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
function Z(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.url === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.type !== void 0) {
      let s = i.type;
      if (typeof s != "string") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
      if (s !== "sse") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: de.properties.type.enum } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.url !== void 0) {
      let s = i.url;
      if (typeof s == "string") {
        if (!K.test(s)) {
          let n = { instancePath: l + "/url", schemaPath: "#/definitions/SseTransport/properties/url/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.headers !== void 0) {
      let s = i.headers;
      if (Array.isArray(s)) {
        let n = s.length;
        for (let o = 0; o < n; o++)
          L(s[o], { instancePath: l + "/headers/" + o }) || (e = R(e, L.errors), t = e.length);
      } else {
        let n = { instancePath: l + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return Z.errors = e, t === 0;
}
var ce = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["positional"] }, valueHint: { type: "string" }, isRepeated: { type: "boolean" } }, anyOf: [{ required: ["valueHint"] }, { required: ["value"] }] }] };
function F(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  E(i, { instancePath: l }) || (e = R(e, E.errors), t = e.length);
  let s = t, n = !1, o = t;
  if (i && typeof i == "object" && !Array.isArray(i) && i.valueHint === void 0) {
    let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "valueHint" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  var p = o === t;
  if (n = n || p, !n) {
    let u = t;
    if (i && typeof i == "object" && !Array.isArray(i) && i.value === void 0) {
      let k = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      e === null ? e = [k] : e.push(k), t++;
    }
    var p = u === t;
    n = n || p;
  }
  if (n)
    t = s, e !== null && (s ? e.length = s : e = null);
  else {
    let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [u] : e.push(u), t++;
  }
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.type === void 0) {
      let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [u] : e.push(u), t++;
    }
    if (i.type !== void 0) {
      let u = i.type;
      if (typeof u != "string") {
        let v = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [v] : e.push(v), t++;
      }
      if (u !== "positional") {
        let v = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ce.allOf[1].properties.type.enum } };
        e === null ? e = [v] : e.push(v), t++;
      }
    }
    if (i.valueHint !== void 0 && typeof i.valueHint != "string") {
      let u = { instancePath: l + "/valueHint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/valueHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [u] : e.push(u), t++;
    }
    if (i.isRepeated !== void 0 && typeof i.isRepeated != "boolean") {
      let u = { instancePath: l + "/isRepeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [u] : e.push(u), t++;
    }
  } else {
    let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  return F.errors = e, t === 0;
}
var me = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type", "name"], properties: { type: { type: "string", enum: ["named"] }, name: { type: "string" }, isRepeated: { type: "boolean" } } }] };
function G(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (E(i, { instancePath: l }) || (e = R(e, E.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
    if (i.type === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.name === void 0) {
      let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.type !== void 0) {
      let s = i.type;
      if (typeof s != "string") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
      if (s !== "named") {
        let n = { instancePath: l + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: me.allOf[1].properties.type.enum } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.name !== void 0 && typeof i.name != "string") {
      let s = { instancePath: l + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.isRepeated !== void 0 && typeof i.isRepeated != "boolean") {
      let s = { instancePath: l + "/isRepeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), t++;
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return G.errors = e, t === 0;
}
function B(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0, s = t, n = !1, o = t;
  F(i, { instancePath: l }) || (e = R(e, F.errors), t = e.length);
  var p = o === t;
  if (n = n || p, !n) {
    let u = t;
    G(i, { instancePath: l }) || (e = R(e, G.errors), t = e.length);
    var p = u === t;
    n = n || p;
  }
  if (n)
    t = s, e !== null && (s ? e.length = s : e = null);
  else {
    let u = { instancePath: l, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [u] : e.push(u), t++;
  }
  return B.errors = e, t === 0;
}
function J(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.registryType === void 0) {
      let o = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registryType" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.identifier === void 0) {
      let o = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.version === void 0) {
      let o = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.transport === void 0) {
      let o = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    for (let o in i)
      if (!pe.call(re.properties, o)) {
        let p = { instancePath: l, schemaPath: "#/definitions/Package/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: o } };
        e === null ? e = [p] : e.push(p), t++;
      }
    if (i.registryType !== void 0 && typeof i.registryType != "string") {
      let o = { instancePath: l + "/registryType", schemaPath: "#/definitions/Package/properties/registryType/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.registryBaseUrl !== void 0) {
      let o = i.registryBaseUrl;
      if (typeof o == "string") {
        if (!K.test(o)) {
          let p = { instancePath: l + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: l + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.identifier !== void 0 && typeof i.identifier != "string") {
      let o = { instancePath: l + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.version !== void 0) {
      let o = i.version, p = t, u = t;
      if (o !== "latest") {
        let v = {};
        e === null ? e = [v] : e.push(v), t++;
      }
      var s = u === t;
      if (s) {
        let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        e === null ? e = [v] : e.push(v), t++;
      } else
        t = p, e !== null && (p ? e.length = p : e = null);
      if (typeof o == "string") {
        if (D(o) < 1) {
          let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [v] : e.push(v), t++;
        }
      } else {
        let v = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [v] : e.push(v), t++;
      }
    }
    if (i.fileSha256 !== void 0) {
      let o = i.fileSha256;
      if (typeof o == "string") {
        if (!ue.test(o)) {
          let p = { instancePath: l + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: l + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.runtimeHint !== void 0 && typeof i.runtimeHint != "string") {
      let o = { instancePath: l + "/runtimeHint", schemaPath: "#/definitions/Package/properties/runtimeHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.transport !== void 0) {
      let o = i.transport, p = t, u = !1, v = t;
      if (o && typeof o == "object" && !Array.isArray(o)) {
        if (o.type === void 0) {
          let k = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
          e === null ? e = [k] : e.push(k), t++;
        }
        if (o.type !== void 0) {
          let k = o.type;
          if (typeof k != "string") {
            let T = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [T] : e.push(T), t++;
          }
          if (k !== "stdio") {
            let T = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ae.properties.type.enum } };
            e === null ? e = [T] : e.push(T), t++;
          }
        }
      } else {
        let k = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [k] : e.push(k), t++;
      }
      var n = v === t;
      if (u = u || n, !u) {
        let k = t;
        N(o, { instancePath: l + "/transport" }) || (e = R(e, N.errors), t = e.length);
        var n = k === t;
        if (u = u || n, !u) {
          let I = t;
          Z(o, { instancePath: l + "/transport" }) || (e = R(e, Z.errors), t = e.length);
          var n = I === t;
          u = u || n;
        }
      }
      if (u)
        t = p, e !== null && (p ? e.length = p : e = null);
      else {
        let k = { instancePath: l + "/transport", schemaPath: "#/definitions/Package/properties/transport/anyOf", keyword: "anyOf", params: {} };
        e === null ? e = [k] : e.push(k), t++;
      }
    }
    if (i.runtimeArguments !== void 0) {
      let o = i.runtimeArguments;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          B(o[u], { instancePath: l + "/runtimeArguments/" + u }) || (e = R(e, B.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/runtimeArguments", schemaPath: "#/definitions/Package/properties/runtimeArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.packageArguments !== void 0) {
      let o = i.packageArguments;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          B(o[u], { instancePath: l + "/packageArguments/" + u }) || (e = R(e, B.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/packageArguments", schemaPath: "#/definitions/Package/properties/packageArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.environmentVariables !== void 0) {
      let o = i.environmentVariables;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          L(o[u], { instancePath: l + "/environmentVariables/" + u }) || (e = R(e, L.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/environmentVariables", schemaPath: "#/definitions/Package/properties/environmentVariables/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
  } else {
    let o = { instancePath: l, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return J.errors = e, t === 0;
}
function Q(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (M(i, { instancePath: l }) || (e = R(e, M.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
    if (i.$schema !== void 0) {
      let n = i.$schema;
      if (typeof n == "string") {
        if (!K.test(n)) {
          let o = { instancePath: l + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [o] : e.push(o), t++;
        }
      } else {
        let o = { instancePath: l + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [o] : e.push(o), t++;
      }
    }
    if (i.packages !== void 0) {
      let n = i.packages;
      if (Array.isArray(n)) {
        let o = n.length;
        for (let p = 0; p < o; p++)
          J(n[p], { instancePath: l + "/packages/" + p }) || (e = R(e, J.errors), t = e.length);
      } else {
        let o = { instancePath: l + "/packages", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/packages/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [o] : e.push(o), t++;
      }
    }
    if (i.remotes !== void 0) {
      let n = i.remotes;
      if (Array.isArray(n)) {
        let o = n.length;
        for (let p = 0; p < o; p++) {
          let u = n[p], v = t, k = !1, T = t;
          N(u, { instancePath: l + "/remotes/" + p }) || (e = R(e, N.errors), t = e.length);
          var s = T === t;
          if (k = k || s, !k) {
            let I = t;
            Z(u, { instancePath: l + "/remotes/" + p }) || (e = R(e, Z.errors), t = e.length);
            var s = I === t;
            k = k || s;
          }
          if (k)
            t = v, e !== null && (v ? e.length = v : e = null);
          else {
            let I = { instancePath: l + "/remotes/" + p, schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/items/anyOf", keyword: "anyOf", params: {} };
            e === null ? e = [I] : e.push(I), t++;
          }
        }
      } else {
        let o = { instancePath: l + "/remotes", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [o] : e.push(o), t++;
      }
    }
    if (i._meta !== void 0) {
      let n = i._meta;
      if (n && typeof n == "object" && !Array.isArray(n)) {
        if (n["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let o = n["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(o && typeof o == "object" && !Array.isArray(o))) {
            let p = { instancePath: l + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
        if (n["io.modelcontextprotocol.registry/official"] !== void 0) {
          let o = n["io.modelcontextprotocol.registry/official"];
          if (!(o && typeof o == "object" && !Array.isArray(o))) {
            let p = { instancePath: l + "/_meta/io.modelcontextprotocol.registry~1official", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/properties/io.modelcontextprotocol.registry~1official/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
      } else {
        let o = { instancePath: l + "/_meta", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [o] : e.push(o), t++;
      }
    }
  } else {
    let n = { instancePath: l, schemaPath: "#/definitions/ServerDetail/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [n] : e.push(n), t++;
  }
  return Q.errors = e, t === 0;
}
function te(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  return Q(i, { instancePath: l }) || (e = R(e, Q.errors), t = e.length), te.errors = e, t === 0;
}
var be = (() => {
  "use strict";
  let i = C().default, l = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), e = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
  function t(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.name === void 0 && (m = "name") || f.description === void 0 && (m = "description") || f.version === void 0 && (m = "version"))
          return t.errors = [0], !1;
        if (f.name !== void 0) {
          let y = f.name, g = r;
          if (r === g)
            if (typeof y == "string") {
              if (y.length > 200 && i(y) > 200)
                return t.errors = [0], !1;
              if (y.length < 6 && i(y) < 3)
                return t.errors = [0], !1;
              if (!l.test(y))
                return t.errors = [0], !1;
            } else
              return t.errors = [0], !1;
          var d = g === r;
        } else
          var d = !0;
        if (d) {
          if (f.description !== void 0) {
            let y = f.description, g = r;
            if (r === g)
              if (typeof y == "string") {
                if (y.length > 100 && i(y) > 100)
                  return t.errors = [0], !1;
                if (y.length < 2 && i(y) < 1)
                  return t.errors = [0], !1;
              } else
                return t.errors = [0], !1;
            var d = g === r;
          } else
            var d = !0;
          if (d) {
            if (f.status !== void 0) {
              let y = f.status, g = r;
              if (typeof y != "string")
                return t.errors = [0], !1;
              if (!(y === "active" || y === "deprecated" || y === "deleted"))
                return t.errors = [0], !1;
              var d = g === r;
            } else
              var d = !0;
            if (d) {
              if (f.repository !== void 0) {
                let y = f.repository, g = r;
                if (r === r)
                  if (y && typeof y == "object" && !Array.isArray(y)) {
                    let $;
                    if (y.url === void 0 && ($ = "url") || y.source === void 0 && ($ = "source"))
                      return t.errors = [0], !1;
                    if (y.url !== void 0) {
                      let c = y.url, h = r;
                      if (r === h && r === h)
                        if (typeof c == "string") {
                          if (!e.test(c))
                            return t.errors = [0], !1;
                        } else
                          return t.errors = [0], !1;
                      var A = h === r;
                    } else
                      var A = !0;
                    if (A) {
                      if (y.source !== void 0) {
                        let c = r;
                        if (typeof y.source != "string")
                          return t.errors = [0], !1;
                        var A = c === r;
                      } else
                        var A = !0;
                      if (A) {
                        if (y.id !== void 0) {
                          let c = r;
                          if (typeof y.id != "string")
                            return t.errors = [0], !1;
                          var A = c === r;
                        } else
                          var A = !0;
                        if (A)
                          if (y.subfolder !== void 0) {
                            let c = r;
                            if (typeof y.subfolder != "string")
                              return t.errors = [0], !1;
                            var A = c === r;
                          } else
                            var A = !0;
                      }
                    }
                  } else
                    return t.errors = [0], !1;
                var d = g === r;
              } else
                var d = !0;
              if (d) {
                if (f.version !== void 0) {
                  let y = f.version, g = r;
                  if (r === g)
                    if (typeof y == "string") {
                      if (y.length > 255 && i(y) > 255)
                        return t.errors = [0], !1;
                    } else
                      return t.errors = [0], !1;
                  var d = g === r;
                } else
                  var d = !0;
                if (d)
                  if (f.websiteUrl !== void 0) {
                    let y = f.websiteUrl, g = r;
                    if (r === g && r === g)
                      if (typeof y == "string") {
                        if (!e.test(y))
                          return t.errors = [0], !1;
                      } else
                        return t.errors = [0], !1;
                    var d = g === r;
                  } else
                    var d = !0;
              }
            }
          }
        }
      } else
        return t.errors = [0], !1;
    return t.errors = a, r === 0;
  }
  let s = Object.prototype.hasOwnProperty, n = new RegExp("^[a-f0-9]{64}$", "u");
  function o(f) {
    let a = null, r = 0, d = r;
    if (r === r)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        if (f.description !== void 0) {
          let c = r;
          if (typeof f.description != "string")
            return o.errors = [0], !1;
          var m = c === r;
        } else
          var m = !0;
        if (m) {
          if (f.isRequired !== void 0) {
            let c = r;
            if (typeof f.isRequired != "boolean")
              return o.errors = [0], !1;
            var m = c === r;
          } else
            var m = !0;
          if (m) {
            if (f.format !== void 0) {
              let c = f.format, h = r;
              if (typeof c != "string")
                return o.errors = [0], !1;
              if (!(c === "string" || c === "number" || c === "boolean" || c === "filepath"))
                return o.errors = [0], !1;
              var m = h === r;
            } else
              var m = !0;
            if (m) {
              if (f.value !== void 0) {
                let c = r;
                if (typeof f.value != "string")
                  return o.errors = [0], !1;
                var m = c === r;
              } else
                var m = !0;
              if (m) {
                if (f.isSecret !== void 0) {
                  let c = r;
                  if (typeof f.isSecret != "boolean")
                    return o.errors = [0], !1;
                  var m = c === r;
                } else
                  var m = !0;
                if (m) {
                  if (f.default !== void 0) {
                    let c = r;
                    if (typeof f.default != "string")
                      return o.errors = [0], !1;
                    var m = c === r;
                  } else
                    var m = !0;
                  if (m)
                    if (f.choices !== void 0) {
                      let c = f.choices, h = r;
                      if (r === h)
                        if (Array.isArray(c)) {
                          var y = !0;
                          let q = c.length;
                          for (let w = 0; w < q; w++) {
                            let b = r;
                            if (typeof c[w] != "string")
                              return o.errors = [0], !1;
                            var y = b === r;
                            if (!y)
                              break;
                          }
                        } else
                          return o.errors = [0], !1;
                      var m = h === r;
                    } else
                      var m = !0;
                }
              }
            }
          }
        }
      } else
        return o.errors = [0], !1;
    var g = d === r;
    if (g) {
      let c = r;
      if (r === c)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.variables !== void 0) {
            let _ = f.variables;
            if (r === r)
              if (_ && typeof _ == "object" && !Array.isArray(_))
                for (let w in _) {
                  let b = _[w], U = r;
                  if (r === r)
                    if (b && typeof b == "object" && !Array.isArray(b)) {
                      if (b.description !== void 0) {
                        let S = r;
                        if (typeof b.description != "string")
                          return o.errors = [0], !1;
                        var P = S === r;
                      } else
                        var P = !0;
                      if (P) {
                        if (b.isRequired !== void 0) {
                          let S = r;
                          if (typeof b.isRequired != "boolean")
                            return o.errors = [0], !1;
                          var P = S === r;
                        } else
                          var P = !0;
                        if (P) {
                          if (b.format !== void 0) {
                            let S = b.format, x = r;
                            if (typeof S != "string")
                              return o.errors = [0], !1;
                            if (!(S === "string" || S === "number" || S === "boolean" || S === "filepath"))
                              return o.errors = [0], !1;
                            var P = x === r;
                          } else
                            var P = !0;
                          if (P) {
                            if (b.value !== void 0) {
                              let S = r;
                              if (typeof b.value != "string")
                                return o.errors = [0], !1;
                              var P = S === r;
                            } else
                              var P = !0;
                            if (P) {
                              if (b.isSecret !== void 0) {
                                let S = r;
                                if (typeof b.isSecret != "boolean")
                                  return o.errors = [0], !1;
                                var P = S === r;
                              } else
                                var P = !0;
                              if (P) {
                                if (b.default !== void 0) {
                                  let S = r;
                                  if (typeof b.default != "string")
                                    return o.errors = [0], !1;
                                  var P = S === r;
                                } else
                                  var P = !0;
                                if (P)
                                  if (b.choices !== void 0) {
                                    let S = b.choices, x = r;
                                    if (r === x)
                                      if (Array.isArray(S)) {
                                        var j = !0;
                                        let se = S.length;
                                        for (let z = 0; z < se; z++) {
                                          let ne = r;
                                          if (typeof S[z] != "string")
                                            return o.errors = [0], !1;
                                          var j = ne === r;
                                          if (!j)
                                            break;
                                        }
                                      } else
                                        return o.errors = [0], !1;
                                    var P = x === r;
                                  } else
                                    var P = !0;
                              }
                            }
                          }
                        }
                      }
                    } else
                      return o.errors = [0], !1;
                  var $ = U === r;
                  if (!$)
                    break;
                }
              else
                return o.errors = [0], !1;
          }
        } else
          return o.errors = [0], !1;
      var g = c === r;
    }
    return o.errors = a, r === 0;
  }
  function p(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var A = d === r;
    if (A) {
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
      var A = m === r;
    }
    return p.errors = a, r === 0;
  }
  function u(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.type === void 0 && (m = "type") || f.url === void 0 && (m = "url"))
          return u.errors = [0], !1;
        if (f.type !== void 0) {
          let y = f.type, g = r;
          if (typeof y != "string")
            return u.errors = [0], !1;
          if (y !== "streamable-http")
            return u.errors = [0], !1;
          var d = g === r;
        } else
          var d = !0;
        if (d) {
          if (f.url !== void 0) {
            let y = r;
            if (typeof f.url != "string")
              return u.errors = [0], !1;
            var d = y === r;
          } else
            var d = !0;
          if (d)
            if (f.headers !== void 0) {
              let y = f.headers, g = r;
              if (r === g)
                if (Array.isArray(y)) {
                  var A = !0;
                  let j = y.length;
                  for (let $ = 0; $ < j; $++) {
                    let c = r;
                    p(y[$]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var A = c === r;
                    if (!A)
                      break;
                  }
                } else
                  return u.errors = [0], !1;
              var d = g === r;
            } else
              var d = !0;
        }
      } else
        return u.errors = [0], !1;
    return u.errors = a, r === 0;
  }
  function v(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.type === void 0 && (m = "type") || f.url === void 0 && (m = "url"))
          return v.errors = [0], !1;
        if (f.type !== void 0) {
          let y = f.type, g = r;
          if (typeof y != "string")
            return v.errors = [0], !1;
          if (y !== "sse")
            return v.errors = [0], !1;
          var d = g === r;
        } else
          var d = !0;
        if (d) {
          if (f.url !== void 0) {
            let y = f.url, g = r;
            if (r === g && r === g)
              if (typeof y == "string") {
                if (!e.test(y))
                  return v.errors = [0], !1;
              } else
                return v.errors = [0], !1;
            var d = g === r;
          } else
            var d = !0;
          if (d)
            if (f.headers !== void 0) {
              let y = f.headers, g = r;
              if (r === g)
                if (Array.isArray(y)) {
                  var A = !0;
                  let j = y.length;
                  for (let $ = 0; $ < j; $++) {
                    let c = r;
                    p(y[$]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var A = c === r;
                    if (!A)
                      break;
                  }
                } else
                  return v.errors = [0], !1;
              var d = g === r;
            } else
              var d = !0;
        }
      } else
        return v.errors = [0], !1;
    return v.errors = a, r === 0;
  }
  function k(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var A = d === r;
    if (A) {
      let g = r, P = r, j = !1, $ = r;
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let h;
        f.valueHint === void 0 && (h = "valueHint") && (a === null ? a = [0] : a.push(0), r++);
      }
      var m = $ === r;
      if (j = j || m, !j) {
        let h = r;
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let q;
          f.value === void 0 && (q = "value") && (a === null ? a = [0] : a.push(0), r++);
        }
        var m = h === r;
        j = j || m;
      }
      if (j)
        r = P, a !== null && (P ? a.length = P : a = null);
      else
        return a === null ? a = [0] : a.push(0), r++, k.errors = a, !1;
      if (r === g)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let h;
          if (f.type === void 0 && (h = "type"))
            return k.errors = [0], !1;
          if (f.type !== void 0) {
            let _ = f.type, q = r;
            if (typeof _ != "string")
              return k.errors = [0], !1;
            if (_ !== "positional")
              return k.errors = [0], !1;
            var y = q === r;
          } else
            var y = !0;
          if (y) {
            if (f.valueHint !== void 0) {
              let _ = r;
              if (typeof f.valueHint != "string")
                return k.errors = [0], !1;
              var y = _ === r;
            } else
              var y = !0;
            if (y)
              if (f.isRepeated !== void 0) {
                let _ = r;
                if (typeof f.isRepeated != "boolean")
                  return k.errors = [0], !1;
                var y = _ === r;
              } else
                var y = !0;
          }
        } else
          return k.errors = [0], !1;
      var A = g === r;
    }
    return k.errors = a, r === 0;
  }
  function T(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var A = d === r;
    if (A) {
      let y = r;
      if (r === y)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let P;
          if (f.type === void 0 && (P = "type") || f.name === void 0 && (P = "name"))
            return T.errors = [0], !1;
          if (f.type !== void 0) {
            let j = f.type, $ = r;
            if (typeof j != "string")
              return T.errors = [0], !1;
            if (j !== "named")
              return T.errors = [0], !1;
            var m = $ === r;
          } else
            var m = !0;
          if (m) {
            if (f.name !== void 0) {
              let j = r;
              if (typeof f.name != "string")
                return T.errors = [0], !1;
              var m = j === r;
            } else
              var m = !0;
            if (m)
              if (f.isRepeated !== void 0) {
                let j = r;
                if (typeof f.isRepeated != "boolean")
                  return T.errors = [0], !1;
                var m = j === r;
              } else
                var m = !0;
          }
        } else
          return T.errors = [0], !1;
      var A = y === r;
    }
    return T.errors = a, r === 0;
  }
  function I(f) {
    let a = null, r = 0, d = r, A = !1, m = r;
    k(f) || (a = a === null ? k.errors : a.concat(k.errors), r = a.length);
    var y = m === r;
    if (A = A || y, !A) {
      let g = r;
      T(f) || (a = a === null ? T.errors : a.concat(T.errors), r = a.length);
      var y = g === r;
      A = A || y;
    }
    if (A)
      r = d, a !== null && (d ? a.length = d : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, I.errors = a, !1;
    return I.errors = a, r === 0;
  }
  function O(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let j;
        if (f.registryType === void 0 && (j = "registryType") || f.identifier === void 0 && (j = "identifier") || f.version === void 0 && (j = "version") || f.transport === void 0 && (j = "transport"))
          return O.errors = [0], !1;
        {
          let $ = r;
          for (let c in f)
            if (!s.call(re.properties, c)) {
              return O.errors = [0], !1;
              break;
            }
          if ($ === r) {
            if (f.registryType !== void 0) {
              let c = r;
              if (typeof f.registryType != "string")
                return O.errors = [0], !1;
              var d = c === r;
            } else
              var d = !0;
            if (d) {
              if (f.registryBaseUrl !== void 0) {
                let c = f.registryBaseUrl, h = r;
                if (r === h && r === h)
                  if (typeof c == "string") {
                    if (!e.test(c))
                      return O.errors = [0], !1;
                  } else
                    return O.errors = [0], !1;
                var d = h === r;
              } else
                var d = !0;
              if (d) {
                if (f.identifier !== void 0) {
                  let c = r;
                  if (typeof f.identifier != "string")
                    return O.errors = [0], !1;
                  var d = c === r;
                } else
                  var d = !0;
                if (d) {
                  if (f.version !== void 0) {
                    let c = f.version, h = r, _ = r, q = r;
                    if (c !== "latest") {
                      let b = {};
                      a === null ? a = [b] : a.push(b), r++;
                    }
                    var A = q === r;
                    if (A)
                      return O.errors = [0], !1;
                    if (r = _, a !== null && (_ ? a.length = _ : a = null), r === h)
                      if (typeof c == "string") {
                        if (c.length < 2 && i(c) < 1)
                          return O.errors = [0], !1;
                      } else
                        return O.errors = [0], !1;
                    var d = h === r;
                  } else
                    var d = !0;
                  if (d) {
                    if (f.fileSha256 !== void 0) {
                      let c = f.fileSha256, h = r;
                      if (r === h)
                        if (typeof c == "string") {
                          if (!n.test(c))
                            return O.errors = [0], !1;
                        } else
                          return O.errors = [0], !1;
                      var d = h === r;
                    } else
                      var d = !0;
                    if (d) {
                      if (f.runtimeHint !== void 0) {
                        let c = r;
                        if (typeof f.runtimeHint != "string")
                          return O.errors = [0], !1;
                        var d = c === r;
                      } else
                        var d = !0;
                      if (d) {
                        if (f.transport !== void 0) {
                          let c = f.transport, h = r, _ = r, q = !1, w = r;
                          if (r === r)
                            if (c && typeof c == "object" && !Array.isArray(c)) {
                              let H;
                              if (c.type === void 0 && (H = "type"))
                                a === null ? a = [0] : a.push(0), r++;
                              else if (c.type !== void 0) {
                                let S = c.type;
                                typeof S != "string" && (a === null ? a = [0] : a.push(0), r++), S !== "stdio" && (a === null ? a = [0] : a.push(0), r++);
                              }
                            } else
                              a === null ? a = [0] : a.push(0), r++;
                          var m = w === r;
                          if (q = q || m, !q) {
                            let H = r;
                            u(c) || (a = a === null ? u.errors : a.concat(u.errors), r = a.length);
                            var m = H === r;
                            if (q = q || m, !q) {
                              let x = r;
                              v(c) || (a = a === null ? v.errors : a.concat(v.errors), r = a.length);
                              var m = x === r;
                              q = q || m;
                            }
                          }
                          if (q)
                            r = _, a !== null && (_ ? a.length = _ : a = null);
                          else
                            return a === null ? a = [0] : a.push(0), r++, O.errors = a, !1;
                          var d = h === r;
                        } else
                          var d = !0;
                        if (d) {
                          if (f.runtimeArguments !== void 0) {
                            let c = f.runtimeArguments, h = r;
                            if (r === h)
                              if (Array.isArray(c)) {
                                var y = !0;
                                let q = c.length;
                                for (let w = 0; w < q; w++) {
                                  let b = r;
                                  I(c[w]) || (a = a === null ? I.errors : a.concat(I.errors), r = a.length);
                                  var y = b === r;
                                  if (!y)
                                    break;
                                }
                              } else
                                return O.errors = [0], !1;
                            var d = h === r;
                          } else
                            var d = !0;
                          if (d) {
                            if (f.packageArguments !== void 0) {
                              let c = f.packageArguments, h = r;
                              if (r === h)
                                if (Array.isArray(c)) {
                                  var g = !0;
                                  let q = c.length;
                                  for (let w = 0; w < q; w++) {
                                    let b = r;
                                    I(c[w]) || (a = a === null ? I.errors : a.concat(I.errors), r = a.length);
                                    var g = b === r;
                                    if (!g)
                                      break;
                                  }
                                } else
                                  return O.errors = [0], !1;
                              var d = h === r;
                            } else
                              var d = !0;
                            if (d)
                              if (f.environmentVariables !== void 0) {
                                let c = f.environmentVariables, h = r;
                                if (r === h)
                                  if (Array.isArray(c)) {
                                    var P = !0;
                                    let q = c.length;
                                    for (let w = 0; w < q; w++) {
                                      let b = r;
                                      p(c[w]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                                      var P = b === r;
                                      if (!P)
                                        break;
                                    }
                                  } else
                                    return O.errors = [0], !1;
                                var d = h === r;
                              } else
                                var d = !0;
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
        return O.errors = [0], !1;
    return O.errors = a, r === 0;
  }
  function V(f) {
    let a = null, r = 0, d = r;
    t(f) || (a = a === null ? t.errors : a.concat(t.errors), r = a.length);
    var A = d === r;
    if (A) {
      let $ = r;
      if (r === $)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.$schema !== void 0) {
            let h = f.$schema, _ = r;
            if (r === _ && r === _)
              if (typeof h == "string") {
                if (!e.test(h))
                  return V.errors = [0], !1;
              } else
                return V.errors = [0], !1;
            var m = _ === r;
          } else
            var m = !0;
          if (m) {
            if (f.packages !== void 0) {
              let h = f.packages, _ = r;
              if (r === _)
                if (Array.isArray(h)) {
                  var y = !0;
                  let w = h.length;
                  for (let b = 0; b < w; b++) {
                    let U = r;
                    O(h[b]) || (a = a === null ? O.errors : a.concat(O.errors), r = a.length);
                    var y = U === r;
                    if (!y)
                      break;
                  }
                } else
                  return V.errors = [0], !1;
              var m = _ === r;
            } else
              var m = !0;
            if (m) {
              if (f.remotes !== void 0) {
                let h = f.remotes, _ = r;
                if (r === _)
                  if (Array.isArray(h)) {
                    var g = !0;
                    let w = h.length;
                    for (let b = 0; b < w; b++) {
                      let U = h[b], H = r, S = r, x = !1, ie = r;
                      u(U) || (a = a === null ? u.errors : a.concat(u.errors), r = a.length);
                      var P = ie === r;
                      if (x = x || P, !x) {
                        let z = r;
                        v(U) || (a = a === null ? v.errors : a.concat(v.errors), r = a.length);
                        var P = z === r;
                        x = x || P;
                      }
                      if (x)
                        r = S, a !== null && (S ? a.length = S : a = null);
                      else
                        return a === null ? a = [0] : a.push(0), r++, V.errors = a, !1;
                      var g = H === r;
                      if (!g)
                        break;
                    }
                  } else
                    return V.errors = [0], !1;
                var m = _ === r;
              } else
                var m = !0;
              if (m)
                if (f._meta !== void 0) {
                  let h = f._meta, _ = r;
                  if (r === _)
                    if (h && typeof h == "object" && !Array.isArray(h)) {
                      if (h["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                        let w = h["io.modelcontextprotocol.registry/publisher-provided"], b = r;
                        if (r === b && !(w && typeof w == "object" && !Array.isArray(w)))
                          return V.errors = [0], !1;
                        var j = b === r;
                      } else
                        var j = !0;
                      if (j)
                        if (h["io.modelcontextprotocol.registry/official"] !== void 0) {
                          let w = h["io.modelcontextprotocol.registry/official"], b = r;
                          if (r === b && !(w && typeof w == "object" && !Array.isArray(w)))
                            return V.errors = [0], !1;
                          var j = b === r;
                        } else
                          var j = !0;
                    } else
                      return V.errors = [0], !1;
                  var m = _ === r;
                } else
                  var m = !0;
            }
          }
        } else
          return V.errors = [0], !1;
      var A = $ === r;
    }
    return V.errors = a, r === 0;
  }
  function X(f) {
    let a = null, r = 0;
    return V(f) || (a = a === null ? V.errors : a.concat(V.errors), r = a.length), X.errors = a, r === 0;
  }
  return X;
})();
export {
  be as isValid,
  ve as validate
};
