// Generated from 2025-10-17.json by `npm run generate`; do not edit.
// @ts-nocheck
var le = (n, s) => () => {
  try {
    return s || n((s = { exports: {} }).exports, s), s.exports;
  } catch (e) {
    throw s = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var F = le((M) => {
  "use strict";
  Object.defineProperty(M, "__esModule", { value: !0 });
  function te(n) {
    let s = n.length, e = 0, t = 0, o;
    for (; t < s; )
      e++, o = n.charCodeAt(t++), o >= 55296 && o <= 56319 && t < s && (o = n.charCodeAt(t), (o & 64512) === 56320 && t++);
    return e;
  }
  M.default = te;
  te.code = 'require("ajv/dist/runtime/ucs2length").default';
});

// <stdin>
function R(n, s) {
  if (n === null) return s;
  for (let e of s) n.push(e);
  return n;
}
var ve = ne;
var ie = { properties: { mimeType: { enum: ["image/png", "image/jpeg", "image/jpg", "image/svg+xml", "image/webp"], type: "string" }, sizes: { items: { pattern: "^(\\d+x\\d+|any)$", type: "string" }, type: "array" }, src: { format: "uri", maxLength: 255, type: "string" }, theme: { enum: ["light", "dark"], type: "string" } }, required: ["src"], type: "object" };
var B = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i, z = F().default, ae = new RegExp("^(\\d+x\\d+|any)$", "u"), fe = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u");
var pe = { properties: { type: { enum: ["stdio"], type: "string" } }, required: ["type"], type: "object" };
var se = { properties: { choices: { items: { type: "string" }, type: "array" }, default: { type: "string" }, description: { type: "string" }, format: { enum: ["string", "number", "boolean", "filepath"], type: "string" }, isRequired: { type: "boolean" }, isSecret: { type: "boolean" }, placeholder: { type: "string" }, value: { type: "string" } }, type: "object" };
function E(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.choices !== void 0) {
      let o = n.choices;
      if (Array.isArray(o)) {
        let l = o.length;
        for (let i = 0; i < l; i++)
          if (typeof o[i] != "string") {
            let p = { instancePath: s + "/choices/" + i, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [p] : e.push(p), t++;
          }
      } else {
        let l = { instancePath: s + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.default !== void 0 && typeof n.default != "string") {
      let o = { instancePath: s + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.description !== void 0 && typeof n.description != "string") {
      let o = { instancePath: s + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.format !== void 0) {
      let o = n.format;
      if (typeof o != "string") {
        let l = { instancePath: s + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [l] : e.push(l), t++;
      }
      if (!(o === "string" || o === "number" || o === "boolean" || o === "filepath")) {
        let l = { instancePath: s + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: se.properties.format.enum } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.isRequired !== void 0 && typeof n.isRequired != "boolean") {
      let o = { instancePath: s + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.isSecret !== void 0 && typeof n.isSecret != "boolean") {
      let o = { instancePath: s + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.placeholder !== void 0 && typeof n.placeholder != "string") {
      let o = { instancePath: s + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.value !== void 0 && typeof n.value != "string") {
      let o = { instancePath: s + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.variables !== void 0) {
      let o = n.variables;
      if (o && typeof o == "object" && !Array.isArray(o))
        for (let l in o) {
          let i = o[l];
          if (i && typeof i == "object" && !Array.isArray(i)) {
            if (i.choices !== void 0) {
              let p = i.choices;
              if (Array.isArray(p)) {
                let u = p.length;
                for (let c = 0; c < u; c++)
                  if (typeof p[c] != "string") {
                    let m = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + c, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [m] : e.push(m), t++;
                  }
              } else {
                let u = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [u] : e.push(u), t++;
              }
            }
            if (i.default !== void 0 && typeof i.default != "string") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (i.description !== void 0 && typeof i.description != "string") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (i.format !== void 0) {
              let p = i.format;
              if (typeof p != "string") {
                let u = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [u] : e.push(u), t++;
              }
              if (!(p === "string" || p === "number" || p === "boolean" || p === "filepath")) {
                let u = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: se.properties.format.enum } };
                e === null ? e = [u] : e.push(u), t++;
              }
            }
            if (i.isRequired !== void 0 && typeof i.isRequired != "boolean") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (i.isSecret !== void 0 && typeof i.isSecret != "boolean") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (i.placeholder !== void 0 && typeof i.placeholder != "string") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
            if (i.value !== void 0 && typeof i.value != "string") {
              let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [p] : e.push(p), t++;
            }
          } else {
            let p = { instancePath: s + "/variables/" + l.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
      else {
        let l = { instancePath: s + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return E.errors = e, t === 0;
}
function U(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (E(n, { instancePath: s }) || (e = R(e, E.errors), t = e.length), n && typeof n == "object" && !Array.isArray(n)) {
    if (n.name === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.name !== void 0 && typeof n.name != "string") {
      let o = { instancePath: s + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return U.errors = e, t === 0;
}
var ue = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { anyOf: [{ required: ["valueHint"] }, { required: ["value"] }], properties: { isRepeated: { type: "boolean" }, type: { enum: ["positional"], type: "string" }, valueHint: { type: "string" } }, required: ["type"], type: "object" }] };
function G(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  E(n, { instancePath: s }) || (e = R(e, E.errors), t = e.length);
  let o = t, l = !1, i = t;
  if (n && typeof n == "object" && !Array.isArray(n) && n.valueHint === void 0) {
    let u = { instancePath: s, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "valueHint" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  var p = i === t;
  if (l = l || p, !l) {
    let u = t;
    if (n && typeof n == "object" && !Array.isArray(n) && n.value === void 0) {
      let m = { instancePath: s, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      e === null ? e = [m] : e.push(m), t++;
    }
    var p = u === t;
    l = l || p;
  }
  if (l)
    t = o, e !== null && (o ? e.length = o : e = null);
  else {
    let u = { instancePath: s, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [u] : e.push(u), t++;
  }
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.type === void 0) {
      let u = { instancePath: s, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [u] : e.push(u), t++;
    }
    if (n.isRepeated !== void 0 && typeof n.isRepeated != "boolean") {
      let u = { instancePath: s + "/isRepeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [u] : e.push(u), t++;
    }
    if (n.type !== void 0) {
      let u = n.type;
      if (typeof u != "string") {
        let c = { instancePath: s + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [c] : e.push(c), t++;
      }
      if (u !== "positional") {
        let c = { instancePath: s + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ue.allOf[1].properties.type.enum } };
        e === null ? e = [c] : e.push(c), t++;
      }
    }
    if (n.valueHint !== void 0 && typeof n.valueHint != "string") {
      let u = { instancePath: s + "/valueHint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/valueHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [u] : e.push(u), t++;
    }
  } else {
    let u = { instancePath: s, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [u] : e.push(u), t++;
  }
  return G.errors = e, t === 0;
}
var ye = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { properties: { isRepeated: { type: "boolean" }, name: { type: "string" }, type: { enum: ["named"], type: "string" } }, required: ["type", "name"], type: "object" }] };
function J(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (E(n, { instancePath: s }) || (e = R(e, E.errors), t = e.length), n && typeof n == "object" && !Array.isArray(n)) {
    if (n.type === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.name === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.isRepeated !== void 0 && typeof n.isRepeated != "boolean") {
      let o = { instancePath: s + "/isRepeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.name !== void 0 && typeof n.name != "string") {
      let o = { instancePath: s + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.type !== void 0) {
      let o = n.type;
      if (typeof o != "string") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [l] : e.push(l), t++;
      }
      if (o !== "named") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ye.allOf[1].properties.type.enum } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return J.errors = e, t === 0;
}
function N(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0, o = t, l = !1, i = t;
  G(n, { instancePath: s }) || (e = R(e, G.errors), t = e.length);
  var p = i === t;
  if (l = l || p, !l) {
    let u = t;
    J(n, { instancePath: s }) || (e = R(e, J.errors), t = e.length);
    var p = u === t;
    l = l || p;
  }
  if (l)
    t = o, e !== null && (o ? e.length = o : e = null);
  else {
    let u = { instancePath: s, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [u] : e.push(u), t++;
  }
  return N.errors = e, t === 0;
}
var de = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["streamable-http"], type: "string" }, url: { type: "string" } }, required: ["type", "url"], type: "object" };
function Z(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.type === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.url === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.headers !== void 0) {
      let o = n.headers;
      if (Array.isArray(o)) {
        let l = o.length;
        for (let i = 0; i < l; i++)
          U(o[i], { instancePath: s + "/headers/" + i }) || (e = R(e, U.errors), t = e.length);
      } else {
        let l = { instancePath: s + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.type !== void 0) {
      let o = n.type;
      if (typeof o != "string") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [l] : e.push(l), t++;
      }
      if (o !== "streamable-http") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: de.properties.type.enum } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.url !== void 0 && typeof n.url != "string") {
      let o = { instancePath: s + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [o] : e.push(o), t++;
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return Z.errors = e, t === 0;
}
var ce = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["sse"], type: "string" }, url: { format: "uri", type: "string" } }, required: ["type", "url"], type: "object" };
function W(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.type === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.url === void 0) {
      let o = { instancePath: s, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [o] : e.push(o), t++;
    }
    if (n.headers !== void 0) {
      let o = n.headers;
      if (Array.isArray(o)) {
        let l = o.length;
        for (let i = 0; i < l; i++)
          U(o[i], { instancePath: s + "/headers/" + i }) || (e = R(e, U.errors), t = e.length);
      } else {
        let l = { instancePath: s + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.type !== void 0) {
      let o = n.type;
      if (typeof o != "string") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [l] : e.push(l), t++;
      }
      if (o !== "sse") {
        let l = { instancePath: s + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ce.properties.type.enum } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
    if (n.url !== void 0) {
      let o = n.url;
      if (typeof o == "string") {
        if (!B.test(o)) {
          let l = { instancePath: s + "/url", schemaPath: "#/definitions/SseTransport/properties/url/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [l] : e.push(l), t++;
        }
      } else {
        let l = { instancePath: s + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [l] : e.push(l), t++;
      }
    }
  } else {
    let o = { instancePath: s, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [o] : e.push(o), t++;
  }
  return W.errors = e, t === 0;
}
var me = new RegExp("^[a-f0-9]{64}$", "u");
function Q(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.registryType === void 0) {
      let i = { instancePath: s, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registryType" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.identifier === void 0) {
      let i = { instancePath: s, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.transport === void 0) {
      let i = { instancePath: s, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.environmentVariables !== void 0) {
      let i = n.environmentVariables;
      if (Array.isArray(i)) {
        let p = i.length;
        for (let u = 0; u < p; u++)
          U(i[u], { instancePath: s + "/environmentVariables/" + u }) || (e = R(e, U.errors), t = e.length);
      } else {
        let p = { instancePath: s + "/environmentVariables", schemaPath: "#/definitions/Package/properties/environmentVariables/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (n.fileSha256 !== void 0) {
      let i = n.fileSha256;
      if (typeof i == "string") {
        if (!me.test(i)) {
          let p = { instancePath: s + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: s + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (n.identifier !== void 0 && typeof n.identifier != "string") {
      let i = { instancePath: s + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.packageArguments !== void 0) {
      let i = n.packageArguments;
      if (Array.isArray(i)) {
        let p = i.length;
        for (let u = 0; u < p; u++)
          N(i[u], { instancePath: s + "/packageArguments/" + u }) || (e = R(e, N.errors), t = e.length);
      } else {
        let p = { instancePath: s + "/packageArguments", schemaPath: "#/definitions/Package/properties/packageArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (n.registryBaseUrl !== void 0) {
      let i = n.registryBaseUrl;
      if (typeof i == "string") {
        if (!B.test(i)) {
          let p = { instancePath: s + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [p] : e.push(p), t++;
        }
      } else {
        let p = { instancePath: s + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (n.registryType !== void 0 && typeof n.registryType != "string") {
      let i = { instancePath: s + "/registryType", schemaPath: "#/definitions/Package/properties/registryType/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.runtimeArguments !== void 0) {
      let i = n.runtimeArguments;
      if (Array.isArray(i)) {
        let p = i.length;
        for (let u = 0; u < p; u++)
          N(i[u], { instancePath: s + "/runtimeArguments/" + u }) || (e = R(e, N.errors), t = e.length);
      } else {
        let p = { instancePath: s + "/runtimeArguments", schemaPath: "#/definitions/Package/properties/runtimeArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [p] : e.push(p), t++;
      }
    }
    if (n.runtimeHint !== void 0 && typeof n.runtimeHint != "string") {
      let i = { instancePath: s + "/runtimeHint", schemaPath: "#/definitions/Package/properties/runtimeHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), t++;
    }
    if (n.transport !== void 0) {
      let i = n.transport, p = t, u = !1, c = t;
      if (i && typeof i == "object" && !Array.isArray(i)) {
        if (i.type === void 0) {
          let m = { instancePath: s + "/transport", schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
          e === null ? e = [m] : e.push(m), t++;
        }
        if (i.type !== void 0) {
          let m = i.type;
          if (typeof m != "string") {
            let V = { instancePath: s + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [V] : e.push(V), t++;
          }
          if (m !== "stdio") {
            let V = { instancePath: s + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: pe.properties.type.enum } };
            e === null ? e = [V] : e.push(V), t++;
          }
        }
      } else {
        let m = { instancePath: s + "/transport", schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [m] : e.push(m), t++;
      }
      var o = c === t;
      if (u = u || o, !u) {
        let m = t;
        Z(i, { instancePath: s + "/transport" }) || (e = R(e, Z.errors), t = e.length);
        var o = m === t;
        if (u = u || o, !u) {
          let q = t;
          W(i, { instancePath: s + "/transport" }) || (e = R(e, W.errors), t = e.length);
          var o = q === t;
          u = u || o;
        }
      }
      if (u)
        t = p, e !== null && (p ? e.length = p : e = null);
      else {
        let m = { instancePath: s + "/transport", schemaPath: "#/definitions/Package/properties/transport/anyOf", keyword: "anyOf", params: {} };
        e === null ? e = [m] : e.push(m), t++;
      }
    }
    if (n.version !== void 0) {
      let i = n.version, p = t, u = t;
      if (i !== "latest") {
        let c = {};
        e === null ? e = [c] : e.push(c), t++;
      }
      var l = u === t;
      if (l) {
        let c = { instancePath: s + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        e === null ? e = [c] : e.push(c), t++;
      } else
        t = p, e !== null && (p ? e.length = p : e = null);
      if (typeof i == "string") {
        if (z(i) < 1) {
          let c = { instancePath: s + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [c] : e.push(c), t++;
        }
      } else {
        let c = { instancePath: s + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [c] : e.push(c), t++;
      }
    }
  } else {
    let i = { instancePath: s, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), t++;
  }
  return Q.errors = e, t === 0;
}
function X(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  if (n && typeof n == "object" && !Array.isArray(n)) {
    if (n.name === void 0) {
      let l = { instancePath: s, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [l] : e.push(l), t++;
    }
    if (n.description === void 0) {
      let l = { instancePath: s, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "description" } };
      e === null ? e = [l] : e.push(l), t++;
    }
    if (n.version === void 0) {
      let l = { instancePath: s, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [l] : e.push(l), t++;
    }
    if (n.$schema !== void 0) {
      let l = n.$schema;
      if (typeof l == "string") {
        if (!B.test(l)) {
          let i = { instancePath: s + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n._meta !== void 0) {
      let l = n._meta;
      if (l && typeof l == "object" && !Array.isArray(l)) {
        if (l["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let i = l["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(i && typeof i == "object" && !Array.isArray(i))) {
            let p = { instancePath: s + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
      } else {
        let i = { instancePath: s + "/_meta", schemaPath: "#/definitions/ServerDetail/properties/_meta/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.description !== void 0) {
      let l = n.description;
      if (typeof l == "string") {
        if (z(l) > 100) {
          let i = { instancePath: s + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (z(l) < 1) {
          let i = { instancePath: s + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.icons !== void 0) {
      let l = n.icons;
      if (Array.isArray(l)) {
        let i = l.length;
        for (let p = 0; p < i; p++) {
          let u = l[p];
          if (u && typeof u == "object" && !Array.isArray(u)) {
            if (u.src === void 0) {
              let c = { instancePath: s + "/icons/" + p, schemaPath: "#/definitions/Icon/required", keyword: "required", params: { missingProperty: "src" } };
              e === null ? e = [c] : e.push(c), t++;
            }
            if (u.mimeType !== void 0) {
              let c = u.mimeType;
              if (typeof c != "string") {
                let m = { instancePath: s + "/icons/" + p + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [m] : e.push(m), t++;
              }
              if (!(c === "image/png" || c === "image/jpeg" || c === "image/jpg" || c === "image/svg+xml" || c === "image/webp")) {
                let m = { instancePath: s + "/icons/" + p + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/enum", keyword: "enum", params: { allowedValues: ie.properties.mimeType.enum } };
                e === null ? e = [m] : e.push(m), t++;
              }
            }
            if (u.sizes !== void 0) {
              let c = u.sizes;
              if (Array.isArray(c)) {
                let m = c.length;
                for (let V = 0; V < m; V++) {
                  let q = c[V];
                  if (typeof q == "string") {
                    if (!ae.test(q)) {
                      let b = { instancePath: s + "/icons/" + p + "/sizes/" + V, schemaPath: "#/definitions/Icon/properties/sizes/items/pattern", keyword: "pattern", params: { pattern: "^(\\d+x\\d+|any)$" } };
                      e === null ? e = [b] : e.push(b), t++;
                    }
                  } else {
                    let b = { instancePath: s + "/icons/" + p + "/sizes/" + V, schemaPath: "#/definitions/Icon/properties/sizes/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [b] : e.push(b), t++;
                  }
                }
              } else {
                let m = { instancePath: s + "/icons/" + p + "/sizes", schemaPath: "#/definitions/Icon/properties/sizes/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [m] : e.push(m), t++;
              }
            }
            if (u.src !== void 0) {
              let c = u.src;
              if (typeof c == "string") {
                if (z(c) > 255) {
                  let m = { instancePath: s + "/icons/" + p + "/src", schemaPath: "#/definitions/Icon/properties/src/maxLength", keyword: "maxLength", params: { limit: 255 } };
                  e === null ? e = [m] : e.push(m), t++;
                }
                if (!B.test(c)) {
                  let m = { instancePath: s + "/icons/" + p + "/src", schemaPath: "#/definitions/Icon/properties/src/format", keyword: "format", params: { format: "uri" } };
                  e === null ? e = [m] : e.push(m), t++;
                }
              } else {
                let m = { instancePath: s + "/icons/" + p + "/src", schemaPath: "#/definitions/Icon/properties/src/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [m] : e.push(m), t++;
              }
            }
            if (u.theme !== void 0) {
              let c = u.theme;
              if (typeof c != "string") {
                let m = { instancePath: s + "/icons/" + p + "/theme", schemaPath: "#/definitions/Icon/properties/theme/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [m] : e.push(m), t++;
              }
              if (!(c === "light" || c === "dark")) {
                let m = { instancePath: s + "/icons/" + p + "/theme", schemaPath: "#/definitions/Icon/properties/theme/enum", keyword: "enum", params: { allowedValues: ie.properties.theme.enum } };
                e === null ? e = [m] : e.push(m), t++;
              }
            }
          } else {
            let c = { instancePath: s + "/icons/" + p, schemaPath: "#/definitions/Icon/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [c] : e.push(c), t++;
          }
        }
      } else {
        let i = { instancePath: s + "/icons", schemaPath: "#/definitions/ServerDetail/properties/icons/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.name !== void 0) {
      let l = n.name;
      if (typeof l == "string") {
        if (z(l) > 200) {
          let i = { instancePath: s + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (z(l) < 3) {
          let i = { instancePath: s + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/minLength", keyword: "minLength", params: { limit: 3 } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (!fe.test(l)) {
          let i = { instancePath: s + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.packages !== void 0) {
      let l = n.packages;
      if (Array.isArray(l)) {
        let i = l.length;
        for (let p = 0; p < i; p++)
          Q(l[p], { instancePath: s + "/packages/" + p }) || (e = R(e, Q.errors), t = e.length);
      } else {
        let i = { instancePath: s + "/packages", schemaPath: "#/definitions/ServerDetail/properties/packages/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.remotes !== void 0) {
      let l = n.remotes;
      if (Array.isArray(l)) {
        let i = l.length;
        for (let p = 0; p < i; p++) {
          let u = l[p], c = t, m = !1, V = t;
          Z(u, { instancePath: s + "/remotes/" + p }) || (e = R(e, Z.errors), t = e.length);
          var o = V === t;
          if (m = m || o, !m) {
            let q = t;
            W(u, { instancePath: s + "/remotes/" + p }) || (e = R(e, W.errors), t = e.length);
            var o = q === t;
            m = m || o;
          }
          if (m)
            t = c, e !== null && (c ? e.length = c : e = null);
          else {
            let q = { instancePath: s + "/remotes/" + p, schemaPath: "#/definitions/ServerDetail/properties/remotes/items/anyOf", keyword: "anyOf", params: {} };
            e === null ? e = [q] : e.push(q), t++;
          }
        }
      } else {
        let i = { instancePath: s + "/remotes", schemaPath: "#/definitions/ServerDetail/properties/remotes/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.repository !== void 0) {
      let l = n.repository;
      if (l && typeof l == "object" && !Array.isArray(l)) {
        if (l.url === void 0) {
          let i = { instancePath: s + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (l.source === void 0) {
          let i = { instancePath: s + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (l.id !== void 0 && typeof l.id != "string") {
          let i = { instancePath: s + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (l.source !== void 0 && typeof l.source != "string") {
          let i = { instancePath: s + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (l.subfolder !== void 0 && typeof l.subfolder != "string") {
          let i = { instancePath: s + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (l.url !== void 0) {
          let i = l.url;
          if (typeof i == "string") {
            if (!B.test(i)) {
              let p = { instancePath: s + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" } };
              e === null ? e = [p] : e.push(p), t++;
            }
          } else {
            let p = { instancePath: s + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [p] : e.push(p), t++;
          }
        }
      } else {
        let i = { instancePath: s + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.title !== void 0) {
      let l = n.title;
      if (typeof l == "string") {
        if (z(l) > 100) {
          let i = { instancePath: s + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [i] : e.push(i), t++;
        }
        if (z(l) < 1) {
          let i = { instancePath: s + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.version !== void 0) {
      let l = n.version;
      if (typeof l == "string") {
        if (z(l) > 255) {
          let i = { instancePath: s + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
    if (n.websiteUrl !== void 0) {
      let l = n.websiteUrl;
      if (typeof l == "string") {
        if (!B.test(l)) {
          let i = { instancePath: s + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [i] : e.push(i), t++;
        }
      } else {
        let i = { instancePath: s + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [i] : e.push(i), t++;
      }
    }
  } else {
    let l = { instancePath: s, schemaPath: "#/definitions/ServerDetail/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [l] : e.push(l), t++;
  }
  return X.errors = e, t === 0;
}
function ne(n, { instancePath: s = "" } = {}) {
  let e = null, t = 0;
  return X(n, { instancePath: s }) || (e = R(e, X.errors), t = e.length), ne.errors = e, t === 0;
}
var be = (() => {
  "use strict";
  let n = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i, s = F().default, e = new RegExp("^(\\d+x\\d+|any)$", "u"), t = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u");
  function o(a) {
    let f = null, r = 0, k = r;
    if (r === r)
      if (a && typeof a == "object" && !Array.isArray(a)) {
        if (a.choices !== void 0) {
          let P = a.choices, y = r;
          if (r === y)
            if (Array.isArray(P)) {
              var w = !0;
              let d = P.length;
              for (let x = 0; x < d; x++) {
                let T = r;
                if (typeof P[x] != "string")
                  return o.errors = [0], !1;
                var w = T === r;
                if (!w)
                  break;
              }
            } else
              return o.errors = [0], !1;
          var g = y === r;
        } else
          var g = !0;
        if (g) {
          if (a.default !== void 0) {
            let P = r;
            if (typeof a.default != "string")
              return o.errors = [0], !1;
            var g = P === r;
          } else
            var g = !0;
          if (g) {
            if (a.description !== void 0) {
              let P = r;
              if (typeof a.description != "string")
                return o.errors = [0], !1;
              var g = P === r;
            } else
              var g = !0;
            if (g) {
              if (a.format !== void 0) {
                let P = a.format, y = r;
                if (typeof P != "string")
                  return o.errors = [0], !1;
                if (!(P === "string" || P === "number" || P === "boolean" || P === "filepath"))
                  return o.errors = [0], !1;
                var g = y === r;
              } else
                var g = !0;
              if (g) {
                if (a.isRequired !== void 0) {
                  let P = r;
                  if (typeof a.isRequired != "boolean")
                    return o.errors = [0], !1;
                  var g = P === r;
                } else
                  var g = !0;
                if (g) {
                  if (a.isSecret !== void 0) {
                    let P = r;
                    if (typeof a.isSecret != "boolean")
                      return o.errors = [0], !1;
                    var g = P === r;
                  } else
                    var g = !0;
                  if (g) {
                    if (a.placeholder !== void 0) {
                      let P = r;
                      if (typeof a.placeholder != "string")
                        return o.errors = [0], !1;
                      var g = P === r;
                    } else
                      var g = !0;
                    if (g)
                      if (a.value !== void 0) {
                        let P = r;
                        if (typeof a.value != "string")
                          return o.errors = [0], !1;
                        var g = P === r;
                      } else
                        var g = !0;
                  }
                }
              }
            }
          }
        }
      } else
        return o.errors = [0], !1;
    var S = k === r;
    if (S) {
      let P = r;
      if (r === P)
        if (a && typeof a == "object" && !Array.isArray(a)) {
          if (a.variables !== void 0) {
            let d = a.variables;
            if (r === r)
              if (d && typeof d == "object" && !Array.isArray(d))
                for (let T in d) {
                  let _ = d[T], j = r;
                  if (r === r)
                    if (_ && typeof _ == "object" && !Array.isArray(_)) {
                      if (_.choices !== void 0) {
                        let $ = _.choices, D = r;
                        if (r === D)
                          if (Array.isArray($)) {
                            var O = !0;
                            let K = $.length;
                            for (let I = 0; I < K; I++) {
                              let L = r;
                              if (typeof $[I] != "string")
                                return o.errors = [0], !1;
                              var O = L === r;
                              if (!O)
                                break;
                            }
                          } else
                            return o.errors = [0], !1;
                        var A = D === r;
                      } else
                        var A = !0;
                      if (A) {
                        if (_.default !== void 0) {
                          let $ = r;
                          if (typeof _.default != "string")
                            return o.errors = [0], !1;
                          var A = $ === r;
                        } else
                          var A = !0;
                        if (A) {
                          if (_.description !== void 0) {
                            let $ = r;
                            if (typeof _.description != "string")
                              return o.errors = [0], !1;
                            var A = $ === r;
                          } else
                            var A = !0;
                          if (A) {
                            if (_.format !== void 0) {
                              let $ = _.format, D = r;
                              if (typeof $ != "string")
                                return o.errors = [0], !1;
                              if (!($ === "string" || $ === "number" || $ === "boolean" || $ === "filepath"))
                                return o.errors = [0], !1;
                              var A = D === r;
                            } else
                              var A = !0;
                            if (A) {
                              if (_.isRequired !== void 0) {
                                let $ = r;
                                if (typeof _.isRequired != "boolean")
                                  return o.errors = [0], !1;
                                var A = $ === r;
                              } else
                                var A = !0;
                              if (A) {
                                if (_.isSecret !== void 0) {
                                  let $ = r;
                                  if (typeof _.isSecret != "boolean")
                                    return o.errors = [0], !1;
                                  var A = $ === r;
                                } else
                                  var A = !0;
                                if (A) {
                                  if (_.placeholder !== void 0) {
                                    let $ = r;
                                    if (typeof _.placeholder != "string")
                                      return o.errors = [0], !1;
                                    var A = $ === r;
                                  } else
                                    var A = !0;
                                  if (A)
                                    if (_.value !== void 0) {
                                      let $ = r;
                                      if (typeof _.value != "string")
                                        return o.errors = [0], !1;
                                      var A = $ === r;
                                    } else
                                      var A = !0;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else
                      return o.errors = [0], !1;
                  var v = j === r;
                  if (!v)
                    break;
                }
              else
                return o.errors = [0], !1;
          }
        } else
          return o.errors = [0], !1;
      var S = P === r;
    }
    return o.errors = f, r === 0;
  }
  function l(a) {
    let f = null, r = 0, k = r;
    o(a) || (f = f === null ? o.errors : f.concat(o.errors), r = f.length);
    var h = k === r;
    if (h) {
      let w = r;
      if (r === w)
        if (a && typeof a == "object" && !Array.isArray(a)) {
          let S;
          if (a.name === void 0 && (S = "name"))
            return l.errors = [0], !1;
          if (a.name !== void 0 && typeof a.name != "string")
            return l.errors = [0], !1;
        } else
          return l.errors = [0], !1;
      var h = w === r;
    }
    return l.errors = f, r === 0;
  }
  function i(a) {
    let f = null, r = 0, k = r;
    o(a) || (f = f === null ? o.errors : f.concat(o.errors), r = f.length);
    var h = k === r;
    if (h) {
      let S = r, O = r, A = !1, v = r;
      if (a && typeof a == "object" && !Array.isArray(a)) {
        let y;
        a.valueHint === void 0 && (y = "valueHint") && (f === null ? f = [0] : f.push(0), r++);
      }
      var w = v === r;
      if (A = A || w, !A) {
        let y = r;
        if (a && typeof a == "object" && !Array.isArray(a)) {
          let x;
          a.value === void 0 && (x = "value") && (f === null ? f = [0] : f.push(0), r++);
        }
        var w = y === r;
        A = A || w;
      }
      if (A)
        r = O, f !== null && (O ? f.length = O : f = null);
      else
        return f === null ? f = [0] : f.push(0), r++, i.errors = f, !1;
      if (r === S)
        if (a && typeof a == "object" && !Array.isArray(a)) {
          let y;
          if (a.type === void 0 && (y = "type"))
            return i.errors = [0], !1;
          if (a.isRepeated !== void 0) {
            let d = r;
            if (typeof a.isRepeated != "boolean")
              return i.errors = [0], !1;
            var g = d === r;
          } else
            var g = !0;
          if (g) {
            if (a.type !== void 0) {
              let d = a.type, x = r;
              if (typeof d != "string")
                return i.errors = [0], !1;
              if (d !== "positional")
                return i.errors = [0], !1;
              var g = x === r;
            } else
              var g = !0;
            if (g)
              if (a.valueHint !== void 0) {
                let d = r;
                if (typeof a.valueHint != "string")
                  return i.errors = [0], !1;
                var g = d === r;
              } else
                var g = !0;
          }
        } else
          return i.errors = [0], !1;
      var h = S === r;
    }
    return i.errors = f, r === 0;
  }
  function p(a) {
    let f = null, r = 0, k = r;
    o(a) || (f = f === null ? o.errors : f.concat(o.errors), r = f.length);
    var h = k === r;
    if (h) {
      let g = r;
      if (r === g)
        if (a && typeof a == "object" && !Array.isArray(a)) {
          let O;
          if (a.type === void 0 && (O = "type") || a.name === void 0 && (O = "name"))
            return p.errors = [0], !1;
          if (a.isRepeated !== void 0) {
            let A = r;
            if (typeof a.isRepeated != "boolean")
              return p.errors = [0], !1;
            var w = A === r;
          } else
            var w = !0;
          if (w) {
            if (a.name !== void 0) {
              let A = r;
              if (typeof a.name != "string")
                return p.errors = [0], !1;
              var w = A === r;
            } else
              var w = !0;
            if (w)
              if (a.type !== void 0) {
                let A = a.type, v = r;
                if (typeof A != "string")
                  return p.errors = [0], !1;
                if (A !== "named")
                  return p.errors = [0], !1;
                var w = v === r;
              } else
                var w = !0;
          }
        } else
          return p.errors = [0], !1;
      var h = g === r;
    }
    return p.errors = f, r === 0;
  }
  function u(a) {
    let f = null, r = 0, k = r, h = !1, w = r;
    i(a) || (f = f === null ? i.errors : f.concat(i.errors), r = f.length);
    var g = w === r;
    if (h = h || g, !h) {
      let S = r;
      p(a) || (f = f === null ? p.errors : f.concat(p.errors), r = f.length);
      var g = S === r;
      h = h || g;
    }
    if (h)
      r = k, f !== null && (k ? f.length = k : f = null);
    else
      return f === null ? f = [0] : f.push(0), r++, u.errors = f, !1;
    return u.errors = f, r === 0;
  }
  function c(a) {
    let f = null, r = 0;
    if (r === 0)
      if (a && typeof a == "object" && !Array.isArray(a)) {
        let w;
        if (a.type === void 0 && (w = "type") || a.url === void 0 && (w = "url"))
          return c.errors = [0], !1;
        if (a.headers !== void 0) {
          let g = a.headers, S = r;
          if (r === S)
            if (Array.isArray(g)) {
              var k = !0;
              let O = g.length;
              for (let A = 0; A < O; A++) {
                let v = r;
                l(g[A]) || (f = f === null ? l.errors : f.concat(l.errors), r = f.length);
                var k = v === r;
                if (!k)
                  break;
              }
            } else
              return c.errors = [0], !1;
          var h = S === r;
        } else
          var h = !0;
        if (h) {
          if (a.type !== void 0) {
            let g = a.type, S = r;
            if (typeof g != "string")
              return c.errors = [0], !1;
            if (g !== "streamable-http")
              return c.errors = [0], !1;
            var h = S === r;
          } else
            var h = !0;
          if (h)
            if (a.url !== void 0) {
              let g = r;
              if (typeof a.url != "string")
                return c.errors = [0], !1;
              var h = g === r;
            } else
              var h = !0;
        }
      } else
        return c.errors = [0], !1;
    return c.errors = f, r === 0;
  }
  function m(a) {
    let f = null, r = 0;
    if (r === 0)
      if (a && typeof a == "object" && !Array.isArray(a)) {
        let w;
        if (a.type === void 0 && (w = "type") || a.url === void 0 && (w = "url"))
          return m.errors = [0], !1;
        if (a.headers !== void 0) {
          let g = a.headers, S = r;
          if (r === S)
            if (Array.isArray(g)) {
              var k = !0;
              let O = g.length;
              for (let A = 0; A < O; A++) {
                let v = r;
                l(g[A]) || (f = f === null ? l.errors : f.concat(l.errors), r = f.length);
                var k = v === r;
                if (!k)
                  break;
              }
            } else
              return m.errors = [0], !1;
          var h = S === r;
        } else
          var h = !0;
        if (h) {
          if (a.type !== void 0) {
            let g = a.type, S = r;
            if (typeof g != "string")
              return m.errors = [0], !1;
            if (g !== "sse")
              return m.errors = [0], !1;
            var h = S === r;
          } else
            var h = !0;
          if (h)
            if (a.url !== void 0) {
              let g = a.url, S = r;
              if (r === S && r === S)
                if (typeof g == "string") {
                  if (!n.test(g))
                    return m.errors = [0], !1;
                } else
                  return m.errors = [0], !1;
              var h = S === r;
            } else
              var h = !0;
        }
      } else
        return m.errors = [0], !1;
    return m.errors = f, r === 0;
  }
  let V = new RegExp("^[a-f0-9]{64}$", "u");
  function q(a) {
    let f = null, r = 0;
    if (r === 0)
      if (a && typeof a == "object" && !Array.isArray(a)) {
        let A;
        if (a.registryType === void 0 && (A = "registryType") || a.identifier === void 0 && (A = "identifier") || a.transport === void 0 && (A = "transport"))
          return q.errors = [0], !1;
        if (a.environmentVariables !== void 0) {
          let v = a.environmentVariables, P = r;
          if (r === P)
            if (Array.isArray(v)) {
              var k = !0;
              let y = v.length;
              for (let d = 0; d < y; d++) {
                let x = r;
                l(v[d]) || (f = f === null ? l.errors : f.concat(l.errors), r = f.length);
                var k = x === r;
                if (!k)
                  break;
              }
            } else
              return q.errors = [0], !1;
          var h = P === r;
        } else
          var h = !0;
        if (h) {
          if (a.fileSha256 !== void 0) {
            let v = a.fileSha256, P = r;
            if (r === P)
              if (typeof v == "string") {
                if (!V.test(v))
                  return q.errors = [0], !1;
              } else
                return q.errors = [0], !1;
            var h = P === r;
          } else
            var h = !0;
          if (h) {
            if (a.identifier !== void 0) {
              let v = r;
              if (typeof a.identifier != "string")
                return q.errors = [0], !1;
              var h = v === r;
            } else
              var h = !0;
            if (h) {
              if (a.packageArguments !== void 0) {
                let v = a.packageArguments, P = r;
                if (r === P)
                  if (Array.isArray(v)) {
                    var w = !0;
                    let d = v.length;
                    for (let x = 0; x < d; x++) {
                      let T = r;
                      u(v[x]) || (f = f === null ? u.errors : f.concat(u.errors), r = f.length);
                      var w = T === r;
                      if (!w)
                        break;
                    }
                  } else
                    return q.errors = [0], !1;
                var h = P === r;
              } else
                var h = !0;
              if (h) {
                if (a.registryBaseUrl !== void 0) {
                  let v = a.registryBaseUrl, P = r;
                  if (r === P && r === P)
                    if (typeof v == "string") {
                      if (!n.test(v))
                        return q.errors = [0], !1;
                    } else
                      return q.errors = [0], !1;
                  var h = P === r;
                } else
                  var h = !0;
                if (h) {
                  if (a.registryType !== void 0) {
                    let v = r;
                    if (typeof a.registryType != "string")
                      return q.errors = [0], !1;
                    var h = v === r;
                  } else
                    var h = !0;
                  if (h) {
                    if (a.runtimeArguments !== void 0) {
                      let v = a.runtimeArguments, P = r;
                      if (r === P)
                        if (Array.isArray(v)) {
                          var g = !0;
                          let d = v.length;
                          for (let x = 0; x < d; x++) {
                            let T = r;
                            u(v[x]) || (f = f === null ? u.errors : f.concat(u.errors), r = f.length);
                            var g = T === r;
                            if (!g)
                              break;
                          }
                        } else
                          return q.errors = [0], !1;
                      var h = P === r;
                    } else
                      var h = !0;
                    if (h) {
                      if (a.runtimeHint !== void 0) {
                        let v = r;
                        if (typeof a.runtimeHint != "string")
                          return q.errors = [0], !1;
                        var h = v === r;
                      } else
                        var h = !0;
                      if (h) {
                        if (a.transport !== void 0) {
                          let v = a.transport, P = r, y = r, d = !1, x = r;
                          if (r === r)
                            if (v && typeof v == "object" && !Array.isArray(v)) {
                              let j;
                              if (v.type === void 0 && (j = "type"))
                                f === null ? f = [0] : f.push(0), r++;
                              else if (v.type !== void 0) {
                                let H = v.type;
                                typeof H != "string" && (f === null ? f = [0] : f.push(0), r++), H !== "stdio" && (f === null ? f = [0] : f.push(0), r++);
                              }
                            } else
                              f === null ? f = [0] : f.push(0), r++;
                          var S = x === r;
                          if (d = d || S, !d) {
                            let j = r;
                            c(v) || (f = f === null ? c.errors : f.concat(c.errors), r = f.length);
                            var S = j === r;
                            if (d = d || S, !d) {
                              let $ = r;
                              m(v) || (f = f === null ? m.errors : f.concat(m.errors), r = f.length);
                              var S = $ === r;
                              d = d || S;
                            }
                          }
                          if (d)
                            r = y, f !== null && (y ? f.length = y : f = null);
                          else
                            return f === null ? f = [0] : f.push(0), r++, q.errors = f, !1;
                          var h = P === r;
                        } else
                          var h = !0;
                        if (h)
                          if (a.version !== void 0) {
                            let v = a.version, P = r, y = r, d = r;
                            if (v !== "latest") {
                              let T = {};
                              f === null ? f = [T] : f.push(T), r++;
                            }
                            var O = d === r;
                            if (O)
                              return q.errors = [0], !1;
                            if (r = y, f !== null && (y ? f.length = y : f = null), r === P)
                              if (typeof v == "string") {
                                if (v.length < 2 && s(v) < 1)
                                  return q.errors = [0], !1;
                              } else
                                return q.errors = [0], !1;
                            var h = P === r;
                          } else
                            var h = !0;
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
    return q.errors = f, r === 0;
  }
  function b(a) {
    let f = null, r = 0;
    if (r === 0)
      if (a && typeof a == "object" && !Array.isArray(a)) {
        let P;
        if (a.name === void 0 && (P = "name") || a.description === void 0 && (P = "description") || a.version === void 0 && (P = "version"))
          return b.errors = [0], !1;
        if (a.$schema !== void 0) {
          let y = a.$schema, d = r;
          if (r === d && r === d)
            if (typeof y == "string") {
              if (!n.test(y))
                return b.errors = [0], !1;
            } else
              return b.errors = [0], !1;
          var k = d === r;
        } else
          var k = !0;
        if (k) {
          if (a._meta !== void 0) {
            let y = a._meta, d = r;
            if (r === d)
              if (y && typeof y == "object" && !Array.isArray(y)) {
                if (y["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                  let T = y["io.modelcontextprotocol.registry/publisher-provided"];
                  if (r === r && !(T && typeof T == "object" && !Array.isArray(T)))
                    return b.errors = [0], !1;
                }
              } else
                return b.errors = [0], !1;
            var k = d === r;
          } else
            var k = !0;
          if (k) {
            if (a.description !== void 0) {
              let y = a.description, d = r;
              if (r === d)
                if (typeof y == "string") {
                  if (y.length > 100 && s(y) > 100)
                    return b.errors = [0], !1;
                  if (y.length < 2 && s(y) < 1)
                    return b.errors = [0], !1;
                } else
                  return b.errors = [0], !1;
              var k = d === r;
            } else
              var k = !0;
            if (k) {
              if (a.icons !== void 0) {
                let y = a.icons, d = r;
                if (r === d)
                  if (Array.isArray(y)) {
                    var h = !0;
                    let T = y.length;
                    for (let _ = 0; _ < T; _++) {
                      let j = y[_], H = r;
                      if (r === r)
                        if (j && typeof j == "object" && !Array.isArray(j)) {
                          let K;
                          if (j.src === void 0 && (K = "src"))
                            return b.errors = [0], !1;
                          if (j.mimeType !== void 0) {
                            let I = j.mimeType, L = r;
                            if (typeof I != "string")
                              return b.errors = [0], !1;
                            if (!(I === "image/png" || I === "image/jpeg" || I === "image/jpg" || I === "image/svg+xml" || I === "image/webp"))
                              return b.errors = [0], !1;
                            var w = L === r;
                          } else
                            var w = !0;
                          if (w) {
                            if (j.sizes !== void 0) {
                              let I = j.sizes, L = r;
                              if (r === L)
                                if (Array.isArray(I)) {
                                  var g = !0;
                                  let oe = I.length;
                                  for (let C = 0; C < oe; C++) {
                                    let ee = I[C], re = r;
                                    if (r === re)
                                      if (typeof ee == "string") {
                                        if (!e.test(ee))
                                          return b.errors = [0], !1;
                                      } else
                                        return b.errors = [0], !1;
                                    var g = re === r;
                                    if (!g)
                                      break;
                                  }
                                } else
                                  return b.errors = [0], !1;
                              var w = L === r;
                            } else
                              var w = !0;
                            if (w) {
                              if (j.src !== void 0) {
                                let I = j.src, L = r;
                                if (r === L && r === L)
                                  if (typeof I == "string") {
                                    if (I.length > 255 && s(I) > 255)
                                      return b.errors = [0], !1;
                                    if (!n.test(I))
                                      return b.errors = [0], !1;
                                  } else
                                    return b.errors = [0], !1;
                                var w = L === r;
                              } else
                                var w = !0;
                              if (w)
                                if (j.theme !== void 0) {
                                  let I = j.theme, L = r;
                                  if (typeof I != "string")
                                    return b.errors = [0], !1;
                                  if (!(I === "light" || I === "dark"))
                                    return b.errors = [0], !1;
                                  var w = L === r;
                                } else
                                  var w = !0;
                            }
                          }
                        } else
                          return b.errors = [0], !1;
                      var h = H === r;
                      if (!h)
                        break;
                    }
                  } else
                    return b.errors = [0], !1;
                var k = d === r;
              } else
                var k = !0;
              if (k) {
                if (a.name !== void 0) {
                  let y = a.name, d = r;
                  if (r === d)
                    if (typeof y == "string") {
                      if (y.length > 200 && s(y) > 200)
                        return b.errors = [0], !1;
                      if (y.length < 6 && s(y) < 3)
                        return b.errors = [0], !1;
                      if (!t.test(y))
                        return b.errors = [0], !1;
                    } else
                      return b.errors = [0], !1;
                  var k = d === r;
                } else
                  var k = !0;
                if (k) {
                  if (a.packages !== void 0) {
                    let y = a.packages, d = r;
                    if (r === d)
                      if (Array.isArray(y)) {
                        var S = !0;
                        let T = y.length;
                        for (let _ = 0; _ < T; _++) {
                          let j = r;
                          q(y[_]) || (f = f === null ? q.errors : f.concat(q.errors), r = f.length);
                          var S = j === r;
                          if (!S)
                            break;
                        }
                      } else
                        return b.errors = [0], !1;
                    var k = d === r;
                  } else
                    var k = !0;
                  if (k) {
                    if (a.remotes !== void 0) {
                      let y = a.remotes, d = r;
                      if (r === d)
                        if (Array.isArray(y)) {
                          var O = !0;
                          let T = y.length;
                          for (let _ = 0; _ < T; _++) {
                            let j = y[_], H = r, $ = r, D = !1, K = r;
                            c(j) || (f = f === null ? c.errors : f.concat(c.errors), r = f.length);
                            var A = K === r;
                            if (D = D || A, !D) {
                              let L = r;
                              m(j) || (f = f === null ? m.errors : f.concat(m.errors), r = f.length);
                              var A = L === r;
                              D = D || A;
                            }
                            if (D)
                              r = $, f !== null && ($ ? f.length = $ : f = null);
                            else
                              return f === null ? f = [0] : f.push(0), r++, b.errors = f, !1;
                            var O = H === r;
                            if (!O)
                              break;
                          }
                        } else
                          return b.errors = [0], !1;
                      var k = d === r;
                    } else
                      var k = !0;
                    if (k) {
                      if (a.repository !== void 0) {
                        let y = a.repository, d = r;
                        if (r === r)
                          if (y && typeof y == "object" && !Array.isArray(y)) {
                            let _;
                            if (y.url === void 0 && (_ = "url") || y.source === void 0 && (_ = "source"))
                              return b.errors = [0], !1;
                            if (y.id !== void 0) {
                              let j = r;
                              if (typeof y.id != "string")
                                return b.errors = [0], !1;
                              var v = j === r;
                            } else
                              var v = !0;
                            if (v) {
                              if (y.source !== void 0) {
                                let j = r;
                                if (typeof y.source != "string")
                                  return b.errors = [0], !1;
                                var v = j === r;
                              } else
                                var v = !0;
                              if (v) {
                                if (y.subfolder !== void 0) {
                                  let j = r;
                                  if (typeof y.subfolder != "string")
                                    return b.errors = [0], !1;
                                  var v = j === r;
                                } else
                                  var v = !0;
                                if (v)
                                  if (y.url !== void 0) {
                                    let j = y.url, H = r;
                                    if (r === H && r === H)
                                      if (typeof j == "string") {
                                        if (!n.test(j))
                                          return b.errors = [0], !1;
                                      } else
                                        return b.errors = [0], !1;
                                    var v = H === r;
                                  } else
                                    var v = !0;
                              }
                            }
                          } else
                            return b.errors = [0], !1;
                        var k = d === r;
                      } else
                        var k = !0;
                      if (k) {
                        if (a.title !== void 0) {
                          let y = a.title, d = r;
                          if (r === d)
                            if (typeof y == "string") {
                              if (y.length > 100 && s(y) > 100)
                                return b.errors = [0], !1;
                              if (y.length < 2 && s(y) < 1)
                                return b.errors = [0], !1;
                            } else
                              return b.errors = [0], !1;
                          var k = d === r;
                        } else
                          var k = !0;
                        if (k) {
                          if (a.version !== void 0) {
                            let y = a.version, d = r;
                            if (r === d)
                              if (typeof y == "string") {
                                if (y.length > 255 && s(y) > 255)
                                  return b.errors = [0], !1;
                              } else
                                return b.errors = [0], !1;
                            var k = d === r;
                          } else
                            var k = !0;
                          if (k)
                            if (a.websiteUrl !== void 0) {
                              let y = a.websiteUrl, d = r;
                              if (r === d && r === d)
                                if (typeof y == "string") {
                                  if (!n.test(y))
                                    return b.errors = [0], !1;
                                } else
                                  return b.errors = [0], !1;
                              var k = d === r;
                            } else
                              var k = !0;
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
        return b.errors = [0], !1;
    return b.errors = f, r === 0;
  }
  function Y(a) {
    let f = null, r = 0;
    return b(a) || (f = f === null ? b.errors : f.concat(b.errors), r = f.length), Y.errors = f, r === 0;
  }
  return Y;
})();
export {
  be as isValid,
  ve as validate
};
