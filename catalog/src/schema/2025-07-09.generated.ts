// Generated from 2025-07-09.json by `npm run generate`; do not edit.
// @ts-nocheck
var oe = (i, l) => () => {
  try {
    return l || i((l = { exports: {} }).exports, l), l.exports;
  } catch (e) {
    throw l = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var B = oe((M) => {
  "use strict";
  Object.defineProperty(M, "__esModule", { value: !0 });
  function Y(i) {
    let l = i.length, e = 0, t = 0, s;
    for (; t < l; )
      e++, s = i.charCodeAt(t++), s >= 55296 && s <= 56319 && t < l && (s = i.charCodeAt(t), (s & 64512) === 56320 && t++);
    return e;
  }
  M.default = Y;
  Y.code = 'require("ajv/dist/runtime/ucs2length").default';
});

// <stdin>
function x(i, l) {
  if (i === null) return l;
  for (let e of l) i.push(e);
  return i;
}
var ge = te;
var le = { type: "object", required: ["name", "description", "version"], properties: { name: { type: "string", pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", minLength: 3, maxLength: 200 }, description: { type: "string", minLength: 1, maxLength: 100 }, status: { type: "string", enum: ["active", "deprecated", "deleted"] }, repository: { $ref: "#/definitions/Repository" }, version: { type: "string", maxLength: 255 }, website_url: { type: "string", format: "uri" } } };
var K = B().default, fe = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), Z = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
function F(i, { instancePath: l = "" } = {}) {
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
        if (K(s) > 200) {
          let n = { instancePath: l + "/name", schemaPath: "#/definitions/Server/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (K(s) < 3) {
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
        if (K(s) > 100) {
          let n = { instancePath: l + "/description", schemaPath: "#/definitions/Server/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [n] : e.push(n), t++;
        }
        if (K(s) < 1) {
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
            if (!Z.test(n)) {
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
        if (K(s) > 255) {
          let n = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/version", schemaPath: "#/definitions/Server/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
    if (i.website_url !== void 0) {
      let s = i.website_url;
      if (typeof s == "string") {
        if (!Z.test(s)) {
          let n = { instancePath: l + "/website_url", schemaPath: "#/definitions/Server/properties/website_url/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [n] : e.push(n), t++;
        }
      } else {
        let n = { instancePath: l + "/website_url", schemaPath: "#/definitions/Server/properties/website_url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/Server/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return F.errors = e, t === 0;
}
var re = { type: "object", additionalProperties: !1, required: ["registry_type", "identifier", "version", "transport"], properties: { registry_type: { type: "string" }, registry_base_url: { type: "string", format: "uri" }, identifier: { type: "string" }, version: { type: "string", not: { const: "latest" }, minLength: 1 }, file_sha256: { type: "string", pattern: "^[a-f0-9]{64}$" }, runtime_hint: { type: "string" }, transport: { anyOf: [{ $ref: "#/definitions/StdioTransport" }, { $ref: "#/definitions/StreamableHttpTransport" }, { $ref: "#/definitions/SseTransport" }] }, runtime_arguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, package_arguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, environment_variables: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } }, ae = { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["stdio"] } } }, pe = Object.prototype.hasOwnProperty, ue = new RegExp("^[a-f0-9]{64}$", "u"), ye = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["streamable-http"] }, url: { type: "string" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
var ee = { type: "object", properties: { description: { type: "string" }, is_required: { type: "boolean" }, format: { type: "string", enum: ["string", "number", "boolean", "filepath"] }, value: { type: "string" }, is_secret: { type: "boolean" }, default: { type: "string" }, choices: { type: "array", items: { type: "string" } } } };
function R(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.description !== void 0 && typeof i.description != "string") {
      let s = { instancePath: l + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [s] : e.push(s), t++;
    }
    if (i.is_required !== void 0 && typeof i.is_required != "boolean") {
      let s = { instancePath: l + "/is_required", schemaPath: "#/definitions/Input/properties/is_required/type", keyword: "type", params: { type: "boolean" } };
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
    if (i.is_secret !== void 0 && typeof i.is_secret != "boolean") {
      let s = { instancePath: l + "/is_secret", schemaPath: "#/definitions/Input/properties/is_secret/type", keyword: "type", params: { type: "boolean" } };
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
            if (o.is_required !== void 0 && typeof o.is_required != "boolean") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/is_required", schemaPath: "#/definitions/Input/properties/is_required/type", keyword: "type", params: { type: "boolean" } };
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
            if (o.is_secret !== void 0 && typeof o.is_secret != "boolean") {
              let p = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/is_secret", schemaPath: "#/definitions/Input/properties/is_secret/type", keyword: "type", params: { type: "boolean" } };
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
                for (let g = 0; g < u; g++)
                  if (typeof p[g] != "string") {
                    let b = { instancePath: l + "/variables/" + n.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + g, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [b] : e.push(b), t++;
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
  return R.errors = e, t === 0;
}
function z(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (R(i, { instancePath: l }) || (e = x(e, R.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
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
  return z.errors = e, t === 0;
}
function W(i, { instancePath: l = "" } = {}) {
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
          z(s[o], { instancePath: l + "/headers/" + o }) || (e = x(e, z.errors), t = e.length);
      } else {
        let n = { instancePath: l + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return W.errors = e, t === 0;
}
var de = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["sse"] }, url: { type: "string", format: "uri" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
function C(i, { instancePath: l = "" } = {}) {
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
        if (!Z.test(s)) {
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
          z(s[o], { instancePath: l + "/headers/" + o }) || (e = x(e, z.errors), t = e.length);
      } else {
        let n = { instancePath: l + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [n] : e.push(n), t++;
      }
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return C.errors = e, t === 0;
}
var ce = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["positional"] }, value_hint: { type: "string" }, is_repeated: { type: "boolean" } }, anyOf: [{ required: ["value_hint"] }, { required: ["value"] }] }] };
function G(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  R(i, { instancePath: l }) || (e = x(e, R.errors), t = e.length);
  let s = t, n = !1, o = t;
  if (i && typeof i == "object" && !Array.isArray(i) && i.value_hint === void 0) {
    let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "value_hint" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  var p = o === t;
  if (n = n || p, !n) {
    let u = t;
    if (i && typeof i == "object" && !Array.isArray(i) && i.value === void 0) {
      let b = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      e === null ? e = [b] : e.push(b), t++;
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
        let g = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [g] : e.push(g), t++;
      }
      if (u !== "positional") {
        let g = { instancePath: l + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ce.allOf[1].properties.type.enum } };
        e === null ? e = [g] : e.push(g), t++;
      }
    }
    if (i.value_hint !== void 0 && typeof i.value_hint != "string") {
      let u = { instancePath: l + "/value_hint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/value_hint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [u] : e.push(u), t++;
    }
    if (i.is_repeated !== void 0 && typeof i.is_repeated != "boolean") {
      let u = { instancePath: l + "/is_repeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/is_repeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [u] : e.push(u), t++;
    }
  } else {
    let u = { instancePath: l, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  return G.errors = e, t === 0;
}
var me = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type", "name"], properties: { type: { type: "string", enum: ["named"] }, name: { type: "string" }, is_repeated: { type: "boolean" } } }] };
function J(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (R(i, { instancePath: l }) || (e = x(e, R.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
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
    if (i.is_repeated !== void 0 && typeof i.is_repeated != "boolean") {
      let s = { instancePath: l + "/is_repeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/is_repeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [s] : e.push(s), t++;
    }
  } else {
    let s = { instancePath: l, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [s] : e.push(s), t++;
  }
  return J.errors = e, t === 0;
}
function N(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0, s = t, n = !1, o = t;
  G(i, { instancePath: l }) || (e = x(e, G.errors), t = e.length);
  var p = o === t;
  if (n = n || p, !n) {
    let u = t;
    J(i, { instancePath: l }) || (e = x(e, J.errors), t = e.length);
    var p = u === t;
    n = n || p;
  }
  if (n)
    t = s, e !== null && (s ? e.length = s : e = null);
  else {
    let u = { instancePath: l, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [u] : e.push(u), t++;
  }
  return N.errors = e, t === 0;
}
function Q(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (i && typeof i == "object" && !Array.isArray(i)) {
    if (i.registry_type === void 0) {
      let o = { instancePath: l, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registry_type" } };
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
    if (i.registry_type !== void 0 && typeof i.registry_type != "string") {
      let o = { instancePath: l + "/registry_type", schemaPath: "#/definitions/Package/properties/registry_type/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.registry_base_url !== void 0) {
      let o = i.registry_base_url;
      if (typeof o == "string") {
        if (!Z.test(o)) {
          let p = { instancePath: l + "/registry_base_url", schemaPath: "#/definitions/Package/properties/registry_base_url/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: l + "/registry_base_url", schemaPath: "#/definitions/Package/properties/registry_base_url/type", keyword: "type", params: { type: "string" } };
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
        let g = {};
        e === null ? e = [g] : e.push(g), t++;
      }
      var s = u === t;
      if (s) {
        let g = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        e === null ? e = [g] : e.push(g), t++;
      } else
        t = p, e !== null && (p ? e.length = p : e = null);
      if (typeof o == "string") {
        if (K(o) < 1) {
          let g = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [g] : e.push(g), t++;
        }
      } else {
        let g = { instancePath: l + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [g] : e.push(g), t++;
      }
    }
    if (i.file_sha256 !== void 0) {
      let o = i.file_sha256;
      if (typeof o == "string") {
        if (!ue.test(o)) {
          let p = { instancePath: l + "/file_sha256", schemaPath: "#/definitions/Package/properties/file_sha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: l + "/file_sha256", schemaPath: "#/definitions/Package/properties/file_sha256/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.runtime_hint !== void 0 && typeof i.runtime_hint != "string") {
      let o = { instancePath: l + "/runtime_hint", schemaPath: "#/definitions/Package/properties/runtime_hint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (i.transport !== void 0) {
      let o = i.transport, p = t, u = !1, g = t;
      if (o && typeof o == "object" && !Array.isArray(o)) {
        if (o.type === void 0) {
          let b = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
          e === null ? e = [b] : e.push(b), t++;
        }
        if (o.type !== void 0) {
          let b = o.type;
          if (typeof b != "string") {
            let I = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [I] : e.push(I), t++;
          }
          if (b !== "stdio") {
            let I = { instancePath: l + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ae.properties.type.enum } };
            e === null ? e = [I] : e.push(I), t++;
          }
        }
      } else {
        let b = { instancePath: l + "/transport", schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [b] : e.push(b), t++;
      }
      var n = g === t;
      if (u = u || n, !u) {
        let b = t;
        W(o, { instancePath: l + "/transport" }) || (e = x(e, W.errors), t = e.length);
        var n = b === t;
        if (u = u || n, !u) {
          let T = t;
          C(o, { instancePath: l + "/transport" }) || (e = x(e, C.errors), t = e.length);
          var n = T === t;
          u = u || n;
        }
      }
      if (u)
        t = p, e !== null && (p ? e.length = p : e = null);
      else {
        let b = { instancePath: l + "/transport", schemaPath: "#/definitions/Package/properties/transport/anyOf", keyword: "anyOf", params: {} };
        e === null ? e = [b] : e.push(b), t++;
      }
    }
    if (i.runtime_arguments !== void 0) {
      let o = i.runtime_arguments;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          N(o[u], { instancePath: l + "/runtime_arguments/" + u }) || (e = x(e, N.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/runtime_arguments", schemaPath: "#/definitions/Package/properties/runtime_arguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.package_arguments !== void 0) {
      let o = i.package_arguments;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          N(o[u], { instancePath: l + "/package_arguments/" + u }) || (e = x(e, N.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/package_arguments", schemaPath: "#/definitions/Package/properties/package_arguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (i.environment_variables !== void 0) {
      let o = i.environment_variables;
      if (Array.isArray(o)) {
        let p = o.length;
        for (let u = 0; u < p; u++)
          z(o[u], { instancePath: l + "/environment_variables/" + u }) || (e = x(e, z.errors), t = e.length);
      } else {
        let p = { instancePath: l + "/environment_variables", schemaPath: "#/definitions/Package/properties/environment_variables/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
  } else {
    let o = { instancePath: l, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return Q.errors = e, t === 0;
}
function U(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  if (F(i, { instancePath: l }) || (e = x(e, F.errors), t = e.length), i && typeof i == "object" && !Array.isArray(i)) {
    if (i.$schema !== void 0) {
      let n = i.$schema;
      if (typeof n == "string") {
        if (!Z.test(n)) {
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
          Q(n[p], { instancePath: l + "/packages/" + p }) || (e = x(e, Q.errors), t = e.length);
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
          let u = n[p], g = t, b = !1, I = t;
          W(u, { instancePath: l + "/remotes/" + p }) || (e = x(e, W.errors), t = e.length);
          var s = I === t;
          if (b = b || s, !b) {
            let T = t;
            C(u, { instancePath: l + "/remotes/" + p }) || (e = x(e, C.errors), t = e.length);
            var s = T === t;
            b = b || s;
          }
          if (b)
            t = g, e !== null && (g ? e.length = g : e = null);
          else {
            let T = { instancePath: l + "/remotes/" + p, schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/items/anyOf", keyword: "anyOf", params: {} };
            e === null ? e = [T] : e.push(T), t++;
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
  return U.errors = e, t === 0;
}
function te(i, { instancePath: l = "" } = {}) {
  let e = null, t = 0;
  return U(i, { instancePath: l }) || (e = x(e, U.errors), t = e.length), te.errors = e, t === 0;
}
var _e = (() => {
  "use strict";
  let i = B().default, l = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), e = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
  function t(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.name === void 0 && (m = "name") || f.description === void 0 && (m = "description") || f.version === void 0 && (m = "version"))
          return t.errors = [0], !1;
        if (f.name !== void 0) {
          let y = f.name, v = r;
          if (r === v)
            if (typeof y == "string") {
              if (y.length > 200 && i(y) > 200)
                return t.errors = [0], !1;
              if (y.length < 6 && i(y) < 3)
                return t.errors = [0], !1;
              if (!l.test(y))
                return t.errors = [0], !1;
            } else
              return t.errors = [0], !1;
          var d = v === r;
        } else
          var d = !0;
        if (d) {
          if (f.description !== void 0) {
            let y = f.description, v = r;
            if (r === v)
              if (typeof y == "string") {
                if (y.length > 100 && i(y) > 100)
                  return t.errors = [0], !1;
                if (y.length < 2 && i(y) < 1)
                  return t.errors = [0], !1;
              } else
                return t.errors = [0], !1;
            var d = v === r;
          } else
            var d = !0;
          if (d) {
            if (f.status !== void 0) {
              let y = f.status, v = r;
              if (typeof y != "string")
                return t.errors = [0], !1;
              if (!(y === "active" || y === "deprecated" || y === "deleted"))
                return t.errors = [0], !1;
              var d = v === r;
            } else
              var d = !0;
            if (d) {
              if (f.repository !== void 0) {
                let y = f.repository, v = r;
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
                      var k = h === r;
                    } else
                      var k = !0;
                    if (k) {
                      if (y.source !== void 0) {
                        let c = r;
                        if (typeof y.source != "string")
                          return t.errors = [0], !1;
                        var k = c === r;
                      } else
                        var k = !0;
                      if (k) {
                        if (y.id !== void 0) {
                          let c = r;
                          if (typeof y.id != "string")
                            return t.errors = [0], !1;
                          var k = c === r;
                        } else
                          var k = !0;
                        if (k)
                          if (y.subfolder !== void 0) {
                            let c = r;
                            if (typeof y.subfolder != "string")
                              return t.errors = [0], !1;
                            var k = c === r;
                          } else
                            var k = !0;
                      }
                    }
                  } else
                    return t.errors = [0], !1;
                var d = v === r;
              } else
                var d = !0;
              if (d) {
                if (f.version !== void 0) {
                  let y = f.version, v = r;
                  if (r === v)
                    if (typeof y == "string") {
                      if (y.length > 255 && i(y) > 255)
                        return t.errors = [0], !1;
                    } else
                      return t.errors = [0], !1;
                  var d = v === r;
                } else
                  var d = !0;
                if (d)
                  if (f.website_url !== void 0) {
                    let y = f.website_url, v = r;
                    if (r === v && r === v)
                      if (typeof y == "string") {
                        if (!e.test(y))
                          return t.errors = [0], !1;
                      } else
                        return t.errors = [0], !1;
                    var d = v === r;
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
          if (f.is_required !== void 0) {
            let c = r;
            if (typeof f.is_required != "boolean")
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
                if (f.is_secret !== void 0) {
                  let c = r;
                  if (typeof f.is_secret != "boolean")
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
                          let O = c.length;
                          for (let w = 0; w < O; w++) {
                            let _ = r;
                            if (typeof c[w] != "string")
                              return o.errors = [0], !1;
                            var y = _ === r;
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
    var v = d === r;
    if (v) {
      let c = r;
      if (r === c)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.variables !== void 0) {
            let A = f.variables;
            if (r === r)
              if (A && typeof A == "object" && !Array.isArray(A))
                for (let w in A) {
                  let _ = A[w], H = r;
                  if (r === r)
                    if (_ && typeof _ == "object" && !Array.isArray(_)) {
                      if (_.description !== void 0) {
                        let q = r;
                        if (typeof _.description != "string")
                          return o.errors = [0], !1;
                        var P = q === r;
                      } else
                        var P = !0;
                      if (P) {
                        if (_.is_required !== void 0) {
                          let q = r;
                          if (typeof _.is_required != "boolean")
                            return o.errors = [0], !1;
                          var P = q === r;
                        } else
                          var P = !0;
                        if (P) {
                          if (_.format !== void 0) {
                            let q = _.format, V = r;
                            if (typeof q != "string")
                              return o.errors = [0], !1;
                            if (!(q === "string" || q === "number" || q === "boolean" || q === "filepath"))
                              return o.errors = [0], !1;
                            var P = V === r;
                          } else
                            var P = !0;
                          if (P) {
                            if (_.value !== void 0) {
                              let q = r;
                              if (typeof _.value != "string")
                                return o.errors = [0], !1;
                              var P = q === r;
                            } else
                              var P = !0;
                            if (P) {
                              if (_.is_secret !== void 0) {
                                let q = r;
                                if (typeof _.is_secret != "boolean")
                                  return o.errors = [0], !1;
                                var P = q === r;
                              } else
                                var P = !0;
                              if (P) {
                                if (_.default !== void 0) {
                                  let q = r;
                                  if (typeof _.default != "string")
                                    return o.errors = [0], !1;
                                  var P = q === r;
                                } else
                                  var P = !0;
                                if (P)
                                  if (_.choices !== void 0) {
                                    let q = _.choices, V = r;
                                    if (r === V)
                                      if (Array.isArray(q)) {
                                        var j = !0;
                                        let se = q.length;
                                        for (let D = 0; D < se; D++) {
                                          let ne = r;
                                          if (typeof q[D] != "string")
                                            return o.errors = [0], !1;
                                          var j = ne === r;
                                          if (!j)
                                            break;
                                        }
                                      } else
                                        return o.errors = [0], !1;
                                    var P = V === r;
                                  } else
                                    var P = !0;
                              }
                            }
                          }
                        }
                      }
                    } else
                      return o.errors = [0], !1;
                  var $ = H === r;
                  if (!$)
                    break;
                }
              else
                return o.errors = [0], !1;
          }
        } else
          return o.errors = [0], !1;
      var v = c === r;
    }
    return o.errors = a, r === 0;
  }
  function p(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var k = d === r;
    if (k) {
      let m = r;
      if (r === m)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let v;
          if (f.name === void 0 && (v = "name"))
            return p.errors = [0], !1;
          if (f.name !== void 0 && typeof f.name != "string")
            return p.errors = [0], !1;
        } else
          return p.errors = [0], !1;
      var k = m === r;
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
          let y = f.type, v = r;
          if (typeof y != "string")
            return u.errors = [0], !1;
          if (y !== "streamable-http")
            return u.errors = [0], !1;
          var d = v === r;
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
              let y = f.headers, v = r;
              if (r === v)
                if (Array.isArray(y)) {
                  var k = !0;
                  let j = y.length;
                  for (let $ = 0; $ < j; $++) {
                    let c = r;
                    p(y[$]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var k = c === r;
                    if (!k)
                      break;
                  }
                } else
                  return u.errors = [0], !1;
              var d = v === r;
            } else
              var d = !0;
        }
      } else
        return u.errors = [0], !1;
    return u.errors = a, r === 0;
  }
  function g(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let m;
        if (f.type === void 0 && (m = "type") || f.url === void 0 && (m = "url"))
          return g.errors = [0], !1;
        if (f.type !== void 0) {
          let y = f.type, v = r;
          if (typeof y != "string")
            return g.errors = [0], !1;
          if (y !== "sse")
            return g.errors = [0], !1;
          var d = v === r;
        } else
          var d = !0;
        if (d) {
          if (f.url !== void 0) {
            let y = f.url, v = r;
            if (r === v && r === v)
              if (typeof y == "string") {
                if (!e.test(y))
                  return g.errors = [0], !1;
              } else
                return g.errors = [0], !1;
            var d = v === r;
          } else
            var d = !0;
          if (d)
            if (f.headers !== void 0) {
              let y = f.headers, v = r;
              if (r === v)
                if (Array.isArray(y)) {
                  var k = !0;
                  let j = y.length;
                  for (let $ = 0; $ < j; $++) {
                    let c = r;
                    p(y[$]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                    var k = c === r;
                    if (!k)
                      break;
                  }
                } else
                  return g.errors = [0], !1;
              var d = v === r;
            } else
              var d = !0;
        }
      } else
        return g.errors = [0], !1;
    return g.errors = a, r === 0;
  }
  function b(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var k = d === r;
    if (k) {
      let v = r, P = r, j = !1, $ = r;
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let h;
        f.value_hint === void 0 && (h = "value_hint") && (a === null ? a = [0] : a.push(0), r++);
      }
      var m = $ === r;
      if (j = j || m, !j) {
        let h = r;
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let O;
          f.value === void 0 && (O = "value") && (a === null ? a = [0] : a.push(0), r++);
        }
        var m = h === r;
        j = j || m;
      }
      if (j)
        r = P, a !== null && (P ? a.length = P : a = null);
      else
        return a === null ? a = [0] : a.push(0), r++, b.errors = a, !1;
      if (r === v)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let h;
          if (f.type === void 0 && (h = "type"))
            return b.errors = [0], !1;
          if (f.type !== void 0) {
            let A = f.type, O = r;
            if (typeof A != "string")
              return b.errors = [0], !1;
            if (A !== "positional")
              return b.errors = [0], !1;
            var y = O === r;
          } else
            var y = !0;
          if (y) {
            if (f.value_hint !== void 0) {
              let A = r;
              if (typeof f.value_hint != "string")
                return b.errors = [0], !1;
              var y = A === r;
            } else
              var y = !0;
            if (y)
              if (f.is_repeated !== void 0) {
                let A = r;
                if (typeof f.is_repeated != "boolean")
                  return b.errors = [0], !1;
                var y = A === r;
              } else
                var y = !0;
          }
        } else
          return b.errors = [0], !1;
      var k = v === r;
    }
    return b.errors = a, r === 0;
  }
  function I(f) {
    let a = null, r = 0, d = r;
    o(f) || (a = a === null ? o.errors : a.concat(o.errors), r = a.length);
    var k = d === r;
    if (k) {
      let y = r;
      if (r === y)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          let P;
          if (f.type === void 0 && (P = "type") || f.name === void 0 && (P = "name"))
            return I.errors = [0], !1;
          if (f.type !== void 0) {
            let j = f.type, $ = r;
            if (typeof j != "string")
              return I.errors = [0], !1;
            if (j !== "named")
              return I.errors = [0], !1;
            var m = $ === r;
          } else
            var m = !0;
          if (m) {
            if (f.name !== void 0) {
              let j = r;
              if (typeof f.name != "string")
                return I.errors = [0], !1;
              var m = j === r;
            } else
              var m = !0;
            if (m)
              if (f.is_repeated !== void 0) {
                let j = r;
                if (typeof f.is_repeated != "boolean")
                  return I.errors = [0], !1;
                var m = j === r;
              } else
                var m = !0;
          }
        } else
          return I.errors = [0], !1;
      var k = y === r;
    }
    return I.errors = a, r === 0;
  }
  function T(f) {
    let a = null, r = 0, d = r, k = !1, m = r;
    b(f) || (a = a === null ? b.errors : a.concat(b.errors), r = a.length);
    var y = m === r;
    if (k = k || y, !k) {
      let v = r;
      I(f) || (a = a === null ? I.errors : a.concat(I.errors), r = a.length);
      var y = v === r;
      k = k || y;
    }
    if (k)
      r = d, a !== null && (d ? a.length = d : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, T.errors = a, !1;
    return T.errors = a, r === 0;
  }
  function S(f) {
    let a = null, r = 0;
    if (r === 0)
      if (f && typeof f == "object" && !Array.isArray(f)) {
        let j;
        if (f.registry_type === void 0 && (j = "registry_type") || f.identifier === void 0 && (j = "identifier") || f.version === void 0 && (j = "version") || f.transport === void 0 && (j = "transport"))
          return S.errors = [0], !1;
        {
          let $ = r;
          for (let c in f)
            if (!s.call(re.properties, c)) {
              return S.errors = [0], !1;
              break;
            }
          if ($ === r) {
            if (f.registry_type !== void 0) {
              let c = r;
              if (typeof f.registry_type != "string")
                return S.errors = [0], !1;
              var d = c === r;
            } else
              var d = !0;
            if (d) {
              if (f.registry_base_url !== void 0) {
                let c = f.registry_base_url, h = r;
                if (r === h && r === h)
                  if (typeof c == "string") {
                    if (!e.test(c))
                      return S.errors = [0], !1;
                  } else
                    return S.errors = [0], !1;
                var d = h === r;
              } else
                var d = !0;
              if (d) {
                if (f.identifier !== void 0) {
                  let c = r;
                  if (typeof f.identifier != "string")
                    return S.errors = [0], !1;
                  var d = c === r;
                } else
                  var d = !0;
                if (d) {
                  if (f.version !== void 0) {
                    let c = f.version, h = r, A = r, O = r;
                    if (c !== "latest") {
                      let _ = {};
                      a === null ? a = [_] : a.push(_), r++;
                    }
                    var k = O === r;
                    if (k)
                      return S.errors = [0], !1;
                    if (r = A, a !== null && (A ? a.length = A : a = null), r === h)
                      if (typeof c == "string") {
                        if (c.length < 2 && i(c) < 1)
                          return S.errors = [0], !1;
                      } else
                        return S.errors = [0], !1;
                    var d = h === r;
                  } else
                    var d = !0;
                  if (d) {
                    if (f.file_sha256 !== void 0) {
                      let c = f.file_sha256, h = r;
                      if (r === h)
                        if (typeof c == "string") {
                          if (!n.test(c))
                            return S.errors = [0], !1;
                        } else
                          return S.errors = [0], !1;
                      var d = h === r;
                    } else
                      var d = !0;
                    if (d) {
                      if (f.runtime_hint !== void 0) {
                        let c = r;
                        if (typeof f.runtime_hint != "string")
                          return S.errors = [0], !1;
                        var d = c === r;
                      } else
                        var d = !0;
                      if (d) {
                        if (f.transport !== void 0) {
                          let c = f.transport, h = r, A = r, O = !1, w = r;
                          if (r === r)
                            if (c && typeof c == "object" && !Array.isArray(c)) {
                              let L;
                              if (c.type === void 0 && (L = "type"))
                                a === null ? a = [0] : a.push(0), r++;
                              else if (c.type !== void 0) {
                                let q = c.type;
                                typeof q != "string" && (a === null ? a = [0] : a.push(0), r++), q !== "stdio" && (a === null ? a = [0] : a.push(0), r++);
                              }
                            } else
                              a === null ? a = [0] : a.push(0), r++;
                          var m = w === r;
                          if (O = O || m, !O) {
                            let L = r;
                            u(c) || (a = a === null ? u.errors : a.concat(u.errors), r = a.length);
                            var m = L === r;
                            if (O = O || m, !O) {
                              let V = r;
                              g(c) || (a = a === null ? g.errors : a.concat(g.errors), r = a.length);
                              var m = V === r;
                              O = O || m;
                            }
                          }
                          if (O)
                            r = A, a !== null && (A ? a.length = A : a = null);
                          else
                            return a === null ? a = [0] : a.push(0), r++, S.errors = a, !1;
                          var d = h === r;
                        } else
                          var d = !0;
                        if (d) {
                          if (f.runtime_arguments !== void 0) {
                            let c = f.runtime_arguments, h = r;
                            if (r === h)
                              if (Array.isArray(c)) {
                                var y = !0;
                                let O = c.length;
                                for (let w = 0; w < O; w++) {
                                  let _ = r;
                                  T(c[w]) || (a = a === null ? T.errors : a.concat(T.errors), r = a.length);
                                  var y = _ === r;
                                  if (!y)
                                    break;
                                }
                              } else
                                return S.errors = [0], !1;
                            var d = h === r;
                          } else
                            var d = !0;
                          if (d) {
                            if (f.package_arguments !== void 0) {
                              let c = f.package_arguments, h = r;
                              if (r === h)
                                if (Array.isArray(c)) {
                                  var v = !0;
                                  let O = c.length;
                                  for (let w = 0; w < O; w++) {
                                    let _ = r;
                                    T(c[w]) || (a = a === null ? T.errors : a.concat(T.errors), r = a.length);
                                    var v = _ === r;
                                    if (!v)
                                      break;
                                  }
                                } else
                                  return S.errors = [0], !1;
                              var d = h === r;
                            } else
                              var d = !0;
                            if (d)
                              if (f.environment_variables !== void 0) {
                                let c = f.environment_variables, h = r;
                                if (r === h)
                                  if (Array.isArray(c)) {
                                    var P = !0;
                                    let O = c.length;
                                    for (let w = 0; w < O; w++) {
                                      let _ = r;
                                      p(c[w]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                                      var P = _ === r;
                                      if (!P)
                                        break;
                                    }
                                  } else
                                    return S.errors = [0], !1;
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
        return S.errors = [0], !1;
    return S.errors = a, r === 0;
  }
  function E(f) {
    let a = null, r = 0, d = r;
    t(f) || (a = a === null ? t.errors : a.concat(t.errors), r = a.length);
    var k = d === r;
    if (k) {
      let $ = r;
      if (r === $)
        if (f && typeof f == "object" && !Array.isArray(f)) {
          if (f.$schema !== void 0) {
            let h = f.$schema, A = r;
            if (r === A && r === A)
              if (typeof h == "string") {
                if (!e.test(h))
                  return E.errors = [0], !1;
              } else
                return E.errors = [0], !1;
            var m = A === r;
          } else
            var m = !0;
          if (m) {
            if (f.packages !== void 0) {
              let h = f.packages, A = r;
              if (r === A)
                if (Array.isArray(h)) {
                  var y = !0;
                  let w = h.length;
                  for (let _ = 0; _ < w; _++) {
                    let H = r;
                    S(h[_]) || (a = a === null ? S.errors : a.concat(S.errors), r = a.length);
                    var y = H === r;
                    if (!y)
                      break;
                  }
                } else
                  return E.errors = [0], !1;
              var m = A === r;
            } else
              var m = !0;
            if (m) {
              if (f.remotes !== void 0) {
                let h = f.remotes, A = r;
                if (r === A)
                  if (Array.isArray(h)) {
                    var v = !0;
                    let w = h.length;
                    for (let _ = 0; _ < w; _++) {
                      let H = h[_], L = r, q = r, V = !1, ie = r;
                      u(H) || (a = a === null ? u.errors : a.concat(u.errors), r = a.length);
                      var P = ie === r;
                      if (V = V || P, !V) {
                        let D = r;
                        g(H) || (a = a === null ? g.errors : a.concat(g.errors), r = a.length);
                        var P = D === r;
                        V = V || P;
                      }
                      if (V)
                        r = q, a !== null && (q ? a.length = q : a = null);
                      else
                        return a === null ? a = [0] : a.push(0), r++, E.errors = a, !1;
                      var v = L === r;
                      if (!v)
                        break;
                    }
                  } else
                    return E.errors = [0], !1;
                var m = A === r;
              } else
                var m = !0;
              if (m)
                if (f._meta !== void 0) {
                  let h = f._meta, A = r;
                  if (r === A)
                    if (h && typeof h == "object" && !Array.isArray(h)) {
                      if (h["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                        let w = h["io.modelcontextprotocol.registry/publisher-provided"], _ = r;
                        if (r === _ && !(w && typeof w == "object" && !Array.isArray(w)))
                          return E.errors = [0], !1;
                        var j = _ === r;
                      } else
                        var j = !0;
                      if (j)
                        if (h["io.modelcontextprotocol.registry/official"] !== void 0) {
                          let w = h["io.modelcontextprotocol.registry/official"], _ = r;
                          if (r === _ && !(w && typeof w == "object" && !Array.isArray(w)))
                            return E.errors = [0], !1;
                          var j = _ === r;
                        } else
                          var j = !0;
                    } else
                      return E.errors = [0], !1;
                  var m = A === r;
                } else
                  var m = !0;
            }
          }
        } else
          return E.errors = [0], !1;
      var k = $ === r;
    }
    return E.errors = a, r === 0;
  }
  function X(f) {
    let a = null, r = 0;
    return E(f) || (a = a === null ? E.errors : a.concat(E.errors), r = a.length), X.errors = a, r === 0;
  }
  return X;
})();
export {
  _e as isValid,
  ge as validate
};
