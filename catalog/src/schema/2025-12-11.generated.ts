// Generated from 2025-12-11.json by `npm run generate`; do not edit.
// @ts-nocheck
var de = (o, n) => () => {
  try {
    return n || o((n = { exports: {} }).exports, n), n.exports;
  } catch (e) {
    throw n = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var X = de((Q) => {
  "use strict";
  Object.defineProperty(Q, "__esModule", { value: !0 });
  function fe(o) {
    let n = o.length, e = 0, s = 0, i;
    for (; s < n; )
      e++, i = o.charCodeAt(s++), i >= 55296 && i <= 56319 && s < n && (i = o.charCodeAt(s), (i & 64512) === 56320 && s++);
    return e;
  }
  Q.default = fe;
  fe.code = 'require("ajv/dist/runtime/ucs2length").default';
});

// <stdin>
function E(o, n) {
  if (o === null) return n;
  for (let e of n) o.push(e);
  return o;
}
var Pe = ye;
var pe = { properties: { mimeType: { enum: ["image/png", "image/jpeg", "image/jpg", "image/svg+xml", "image/webp"], type: "string" }, sizes: { items: { pattern: "^(\\d+x\\d+|any)$", type: "string" }, type: "array" }, src: { format: "uri", maxLength: 255, type: "string" }, theme: { enum: ["light", "dark"], type: "string" } }, required: ["src"], type: "object" };
var Z = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i, z = X().default, ce = new RegExp("^(\\d+x\\d+|any)$", "u"), me = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u");
var Y = { properties: { choices: { items: { type: "string" }, type: "array" }, default: { type: "string" }, description: { type: "string" }, format: { enum: ["string", "number", "boolean", "filepath"], type: "string" }, isRequired: { type: "boolean" }, isSecret: { type: "boolean" }, placeholder: { type: "string" }, value: { type: "string" } }, type: "object" };
function U(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.choices !== void 0) {
      let i = o.choices;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++)
          if (typeof i[f] != "string") {
            let d = { instancePath: n + "/choices/" + f, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [d] : e.push(d), s++;
          }
      } else {
        let t = { instancePath: n + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.default !== void 0 && typeof o.default != "string") {
      let i = { instancePath: n + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.description !== void 0 && typeof o.description != "string") {
      let i = { instancePath: n + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.format !== void 0) {
      let i = o.format;
      if (typeof i != "string") {
        let t = { instancePath: n + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
      if (!(i === "string" || i === "number" || i === "boolean" || i === "filepath")) {
        let t = { instancePath: n + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: Y.properties.format.enum } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.isRequired !== void 0 && typeof o.isRequired != "boolean") {
      let i = { instancePath: n + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.isSecret !== void 0 && typeof o.isSecret != "boolean") {
      let i = { instancePath: n + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.placeholder !== void 0 && typeof o.placeholder != "string") {
      let i = { instancePath: n + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.value !== void 0 && typeof o.value != "string") {
      let i = { instancePath: n + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.variables !== void 0) {
      let i = o.variables;
      if (i && typeof i == "object" && !Array.isArray(i))
        for (let t in i) {
          let f = i[t];
          if (f && typeof f == "object" && !Array.isArray(f)) {
            if (f.choices !== void 0) {
              let d = f.choices;
              if (Array.isArray(d)) {
                let p = d.length;
                for (let h = 0; h < p; h++)
                  if (typeof d[h] != "string") {
                    let k = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + h, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [k] : e.push(k), s++;
                  }
              } else {
                let p = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [p] : e.push(p), s++;
              }
            }
            if (f.default !== void 0 && typeof f.default != "string") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [d] : e.push(d), s++;
            }
            if (f.description !== void 0 && typeof f.description != "string") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [d] : e.push(d), s++;
            }
            if (f.format !== void 0) {
              let d = f.format;
              if (typeof d != "string") {
                let p = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [p] : e.push(p), s++;
              }
              if (!(d === "string" || d === "number" || d === "boolean" || d === "filepath")) {
                let p = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: Y.properties.format.enum } };
                e === null ? e = [p] : e.push(p), s++;
              }
            }
            if (f.isRequired !== void 0 && typeof f.isRequired != "boolean") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [d] : e.push(d), s++;
            }
            if (f.isSecret !== void 0 && typeof f.isSecret != "boolean") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [d] : e.push(d), s++;
            }
            if (f.placeholder !== void 0 && typeof f.placeholder != "string") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [d] : e.push(d), s++;
            }
            if (f.value !== void 0 && typeof f.value != "string") {
              let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [d] : e.push(d), s++;
            }
          } else {
            let d = { instancePath: n + "/variables/" + t.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [d] : e.push(d), s++;
          }
        }
      else {
        let t = { instancePath: n + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return U.errors = e, s === 0;
}
function B(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (U(o, { instancePath: n }) || (e = E(e, U.errors), s = e.length), o && typeof o == "object" && !Array.isArray(o)) {
    if (o.name === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.name !== void 0 && typeof o.name != "string") {
      let i = { instancePath: n + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return B.errors = e, s === 0;
}
var he = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { anyOf: [{ required: ["valueHint"] }, { required: ["value"] }], properties: { isRepeated: { type: "boolean" }, type: { enum: ["positional"], type: "string" }, valueHint: { type: "string" } }, required: ["type"], type: "object" }] };
function ee(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  U(o, { instancePath: n }) || (e = E(e, U.errors), s = e.length);
  let i = s, t = !1, f = s;
  if (o && typeof o == "object" && !Array.isArray(o) && o.valueHint === void 0) {
    let p = { instancePath: n, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "valueHint" } };
    e === null ? e = [p] : e.push(p), s++;
  }
  var d = f === s;
  if (t = t || d, !t) {
    let p = s;
    if (o && typeof o == "object" && !Array.isArray(o) && o.value === void 0) {
      let k = { instancePath: n, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      e === null ? e = [k] : e.push(k), s++;
    }
    var d = p === s;
    t = t || d;
  }
  if (t)
    s = i, e !== null && (i ? e.length = i : e = null);
  else {
    let p = { instancePath: n, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [p] : e.push(p), s++;
  }
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.type === void 0) {
      let p = { instancePath: n, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [p] : e.push(p), s++;
    }
    if (o.isRepeated !== void 0 && typeof o.isRepeated != "boolean") {
      let p = { instancePath: n + "/isRepeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [p] : e.push(p), s++;
    }
    if (o.type !== void 0) {
      let p = o.type;
      if (typeof p != "string") {
        let h = { instancePath: n + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [h] : e.push(h), s++;
      }
      if (p !== "positional") {
        let h = { instancePath: n + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: he.allOf[1].properties.type.enum } };
        e === null ? e = [h] : e.push(h), s++;
      }
    }
    if (o.valueHint !== void 0 && typeof o.valueHint != "string") {
      let p = { instancePath: n + "/valueHint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/valueHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [p] : e.push(p), s++;
    }
  } else {
    let p = { instancePath: n, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [p] : e.push(p), s++;
  }
  return ee.errors = e, s === 0;
}
var ge = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { properties: { isRepeated: { type: "boolean" }, name: { type: "string" }, type: { enum: ["named"], type: "string" } }, required: ["type", "name"], type: "object" }] };
function re(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (U(o, { instancePath: n }) || (e = E(e, U.errors), s = e.length), o && typeof o == "object" && !Array.isArray(o)) {
    if (o.type === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.name === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.isRepeated !== void 0 && typeof o.isRepeated != "boolean") {
      let i = { instancePath: n + "/isRepeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.name !== void 0 && typeof o.name != "string") {
      let i = { instancePath: n + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.type !== void 0) {
      let i = o.type;
      if (typeof i != "string") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
      if (i !== "named") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: ge.allOf[1].properties.type.enum } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return re.errors = e, s === 0;
}
function W(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0, i = s, t = !1, f = s;
  ee(o, { instancePath: n }) || (e = E(e, ee.errors), s = e.length);
  var d = f === s;
  if (t = t || d, !t) {
    let p = s;
    re(o, { instancePath: n }) || (e = E(e, re.errors), s = e.length);
    var d = p === s;
    t = t || d;
  }
  if (t)
    s = i, e !== null && (i ? e.length = i : e = null);
  else {
    let p = { instancePath: n, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [p] : e.push(p), s++;
  }
  return W.errors = e, s === 0;
}
var ve = { properties: { type: { enum: ["stdio"], type: "string" } }, required: ["type"], type: "object" }, be = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["streamable-http"], type: "string" }, url: { pattern: "^https?://[^\\s]+$", type: "string" } }, required: ["type", "url"], type: "object" }, ue = new RegExp("^https?://[^\\s]+$", "u");
function C(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.type === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.url === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.headers !== void 0) {
      let i = o.headers;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++)
          B(i[f], { instancePath: n + "/headers/" + f }) || (e = E(e, B.errors), s = e.length);
      } else {
        let t = { instancePath: n + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.type !== void 0) {
      let i = o.type;
      if (typeof i != "string") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
      if (i !== "streamable-http") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: be.properties.type.enum } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.url !== void 0) {
      let i = o.url;
      if (typeof i == "string") {
        if (!ue.test(i)) {
          let t = { instancePath: n + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/pattern", keyword: "pattern", params: { pattern: "^https?://[^\\s]+$" } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return C.errors = e, s === 0;
}
var ke = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["sse"], type: "string" }, url: { pattern: "^https?://[^\\s]+$", type: "string" } }, required: ["type", "url"], type: "object" };
function M(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.type === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.url === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.headers !== void 0) {
      let i = o.headers;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++)
          B(i[f], { instancePath: n + "/headers/" + f }) || (e = E(e, B.errors), s = e.length);
      } else {
        let t = { instancePath: n + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.type !== void 0) {
      let i = o.type;
      if (typeof i != "string") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
      if (i !== "sse") {
        let t = { instancePath: n + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ke.properties.type.enum } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.url !== void 0) {
      let i = o.url;
      if (typeof i == "string") {
        if (!ue.test(i)) {
          let t = { instancePath: n + "/url", schemaPath: "#/definitions/SseTransport/properties/url/pattern", keyword: "pattern", params: { pattern: "^https?://[^\\s]+$" } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return M.errors = e, s === 0;
}
function te(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0, i = s, t = !1, f = s;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.type === void 0) {
      let p = { instancePath: n, schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
      e === null ? e = [p] : e.push(p), s++;
    }
    if (o.type !== void 0) {
      let p = o.type;
      if (typeof p != "string") {
        let h = { instancePath: n + "/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [h] : e.push(h), s++;
      }
      if (p !== "stdio") {
        let h = { instancePath: n + "/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: ve.properties.type.enum } };
        e === null ? e = [h] : e.push(h), s++;
      }
    }
  } else {
    let p = { instancePath: n, schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [p] : e.push(p), s++;
  }
  var d = f === s;
  if (t = t || d, !t) {
    let p = s;
    C(o, { instancePath: n }) || (e = E(e, C.errors), s = e.length);
    var d = p === s;
    if (t = t || d, !t) {
      let k = s;
      M(o, { instancePath: n }) || (e = E(e, M.errors), s = e.length);
      var d = k === s;
      t = t || d;
    }
  }
  if (t)
    s = i, e !== null && (i ? e.length = i : e = null);
  else {
    let p = { instancePath: n, schemaPath: "#/definitions/LocalTransport/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [p] : e.push(p), s++;
  }
  return te.errors = e, s === 0;
}
var Ae = new RegExp("^[a-f0-9]{64}$", "u");
function ie(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.registryType === void 0) {
      let t = { instancePath: n, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registryType" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.identifier === void 0) {
      let t = { instancePath: n, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.transport === void 0) {
      let t = { instancePath: n, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.environmentVariables !== void 0) {
      let t = o.environmentVariables;
      if (Array.isArray(t)) {
        let f = t.length;
        for (let d = 0; d < f; d++)
          B(t[d], { instancePath: n + "/environmentVariables/" + d }) || (e = E(e, B.errors), s = e.length);
      } else {
        let f = { instancePath: n + "/environmentVariables", schemaPath: "#/definitions/Package/properties/environmentVariables/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [f] : e.push(f), s++;
      }
    }
    if (o.fileSha256 !== void 0) {
      let t = o.fileSha256;
      if (typeof t == "string") {
        if (!Ae.test(t)) {
          let f = { instancePath: n + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          e === null ? e = [f] : e.push(f), s++;
        }
      } else {
        let f = { instancePath: n + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [f] : e.push(f), s++;
      }
    }
    if (o.identifier !== void 0 && typeof o.identifier != "string") {
      let t = { instancePath: n + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.packageArguments !== void 0) {
      let t = o.packageArguments;
      if (Array.isArray(t)) {
        let f = t.length;
        for (let d = 0; d < f; d++)
          W(t[d], { instancePath: n + "/packageArguments/" + d }) || (e = E(e, W.errors), s = e.length);
      } else {
        let f = { instancePath: n + "/packageArguments", schemaPath: "#/definitions/Package/properties/packageArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [f] : e.push(f), s++;
      }
    }
    if (o.registryBaseUrl !== void 0) {
      let t = o.registryBaseUrl;
      if (typeof t == "string") {
        if (!Z.test(t)) {
          let f = { instancePath: n + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [f] : e.push(f), s++;
        }
      } else {
        let f = { instancePath: n + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [f] : e.push(f), s++;
      }
    }
    if (o.registryType !== void 0 && typeof o.registryType != "string") {
      let t = { instancePath: n + "/registryType", schemaPath: "#/definitions/Package/properties/registryType/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.runtimeArguments !== void 0) {
      let t = o.runtimeArguments;
      if (Array.isArray(t)) {
        let f = t.length;
        for (let d = 0; d < f; d++)
          W(t[d], { instancePath: n + "/runtimeArguments/" + d }) || (e = E(e, W.errors), s = e.length);
      } else {
        let f = { instancePath: n + "/runtimeArguments", schemaPath: "#/definitions/Package/properties/runtimeArguments/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [f] : e.push(f), s++;
      }
    }
    if (o.runtimeHint !== void 0 && typeof o.runtimeHint != "string") {
      let t = { instancePath: n + "/runtimeHint", schemaPath: "#/definitions/Package/properties/runtimeHint/type", keyword: "type", params: { type: "string" } };
      e === null ? e = [t] : e.push(t), s++;
    }
    if (o.transport !== void 0 && (te(o.transport, { instancePath: n + "/transport" }) || (e = E(e, te.errors), s = e.length)), o.version !== void 0) {
      let t = o.version, f = s, d = s;
      if (t !== "latest") {
        let p = {};
        e === null ? e = [p] : e.push(p), s++;
      }
      var i = d === s;
      if (i) {
        let p = { instancePath: n + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        e === null ? e = [p] : e.push(p), s++;
      } else
        s = f, e !== null && (f ? e.length = f : e = null);
      if (typeof t == "string") {
        if (z(t) < 1) {
          let p = { instancePath: n + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [p] : e.push(p), s++;
        }
      } else {
        let p = { instancePath: n + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [p] : e.push(p), s++;
      }
    }
  } else {
    let t = { instancePath: n, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [t] : e.push(t), s++;
  }
  return ie.errors = e, s === 0;
}
function se(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0, i = s, t = !1, f = s;
  C(o, { instancePath: n }) || (e = E(e, C.errors), s = e.length);
  var d = f === s;
  if (t = t || d, !t) {
    let p = s;
    M(o, { instancePath: n }) || (e = E(e, M.errors), s = e.length);
    var d = p === s;
    t = t || d;
  }
  if (t)
    s = i, e !== null && (i ? e.length = i : e = null);
  else {
    let p = { instancePath: n, schemaPath: "#/definitions/RemoteTransport/allOf/0/anyOf", keyword: "anyOf", params: {} };
    e === null ? e = [p] : e.push(p), s++;
  }
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.variables !== void 0) {
      let p = o.variables;
      if (p && typeof p == "object" && !Array.isArray(p))
        for (let h in p) {
          let k = p[h];
          if (k && typeof k == "object" && !Array.isArray(k)) {
            if (k.choices !== void 0) {
              let A = k.choices;
              if (Array.isArray(A)) {
                let O = A.length;
                for (let K = 0; K < O; K++)
                  if (typeof A[K] != "string") {
                    let x = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + K, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [x] : e.push(x), s++;
                  }
              } else {
                let O = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [O] : e.push(O), s++;
              }
            }
            if (k.default !== void 0 && typeof k.default != "string") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [A] : e.push(A), s++;
            }
            if (k.description !== void 0 && typeof k.description != "string") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [A] : e.push(A), s++;
            }
            if (k.format !== void 0) {
              let A = k.format;
              if (typeof A != "string") {
                let O = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [O] : e.push(O), s++;
              }
              if (!(A === "string" || A === "number" || A === "boolean" || A === "filepath")) {
                let O = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: Y.properties.format.enum } };
                e === null ? e = [O] : e.push(O), s++;
              }
            }
            if (k.isRequired !== void 0 && typeof k.isRequired != "boolean") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [A] : e.push(A), s++;
            }
            if (k.isSecret !== void 0 && typeof k.isSecret != "boolean") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" } };
              e === null ? e = [A] : e.push(A), s++;
            }
            if (k.placeholder !== void 0 && typeof k.placeholder != "string") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [A] : e.push(A), s++;
            }
            if (k.value !== void 0 && typeof k.value != "string") {
              let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              e === null ? e = [A] : e.push(A), s++;
            }
          } else {
            let A = { instancePath: n + "/variables/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [A] : e.push(A), s++;
          }
        }
      else {
        let h = { instancePath: n + "/variables", schemaPath: "#/definitions/RemoteTransport/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [h] : e.push(h), s++;
      }
    }
  } else {
    let p = { instancePath: n, schemaPath: "#/definitions/RemoteTransport/allOf/1/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [p] : e.push(p), s++;
  }
  return se.errors = e, s === 0;
}
function ne(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  if (o && typeof o == "object" && !Array.isArray(o)) {
    if (o.name === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "name" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.description === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "description" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.version === void 0) {
      let i = { instancePath: n, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "version" } };
      e === null ? e = [i] : e.push(i), s++;
    }
    if (o.$schema !== void 0) {
      let i = o.$schema;
      if (typeof i == "string") {
        if (!Z.test(i)) {
          let t = { instancePath: n + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o._meta !== void 0) {
      let i = o._meta;
      if (i && typeof i == "object" && !Array.isArray(i)) {
        if (i["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let t = i["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(t && typeof t == "object" && !Array.isArray(t))) {
            let f = { instancePath: n + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [f] : e.push(f), s++;
          }
        }
      } else {
        let t = { instancePath: n + "/_meta", schemaPath: "#/definitions/ServerDetail/properties/_meta/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.description !== void 0) {
      let i = o.description;
      if (typeof i == "string") {
        if (z(i) > 100) {
          let t = { instancePath: n + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (z(i) < 1) {
          let t = { instancePath: n + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.icons !== void 0) {
      let i = o.icons;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++) {
          let d = i[f];
          if (d && typeof d == "object" && !Array.isArray(d)) {
            if (d.src === void 0) {
              let p = { instancePath: n + "/icons/" + f, schemaPath: "#/definitions/Icon/required", keyword: "required", params: { missingProperty: "src" } };
              e === null ? e = [p] : e.push(p), s++;
            }
            if (d.mimeType !== void 0) {
              let p = d.mimeType;
              if (typeof p != "string") {
                let h = { instancePath: n + "/icons/" + f + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [h] : e.push(h), s++;
              }
              if (!(p === "image/png" || p === "image/jpeg" || p === "image/jpg" || p === "image/svg+xml" || p === "image/webp")) {
                let h = { instancePath: n + "/icons/" + f + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/enum", keyword: "enum", params: { allowedValues: pe.properties.mimeType.enum } };
                e === null ? e = [h] : e.push(h), s++;
              }
            }
            if (d.sizes !== void 0) {
              let p = d.sizes;
              if (Array.isArray(p)) {
                let h = p.length;
                for (let k = 0; k < h; k++) {
                  let A = p[k];
                  if (typeof A == "string") {
                    if (!ce.test(A)) {
                      let O = { instancePath: n + "/icons/" + f + "/sizes/" + k, schemaPath: "#/definitions/Icon/properties/sizes/items/pattern", keyword: "pattern", params: { pattern: "^(\\d+x\\d+|any)$" } };
                      e === null ? e = [O] : e.push(O), s++;
                    }
                  } else {
                    let O = { instancePath: n + "/icons/" + f + "/sizes/" + k, schemaPath: "#/definitions/Icon/properties/sizes/items/type", keyword: "type", params: { type: "string" } };
                    e === null ? e = [O] : e.push(O), s++;
                  }
                }
              } else {
                let h = { instancePath: n + "/icons/" + f + "/sizes", schemaPath: "#/definitions/Icon/properties/sizes/type", keyword: "type", params: { type: "array" } };
                e === null ? e = [h] : e.push(h), s++;
              }
            }
            if (d.src !== void 0) {
              let p = d.src;
              if (typeof p == "string") {
                if (z(p) > 255) {
                  let h = { instancePath: n + "/icons/" + f + "/src", schemaPath: "#/definitions/Icon/properties/src/maxLength", keyword: "maxLength", params: { limit: 255 } };
                  e === null ? e = [h] : e.push(h), s++;
                }
                if (!Z.test(p)) {
                  let h = { instancePath: n + "/icons/" + f + "/src", schemaPath: "#/definitions/Icon/properties/src/format", keyword: "format", params: { format: "uri" } };
                  e === null ? e = [h] : e.push(h), s++;
                }
              } else {
                let h = { instancePath: n + "/icons/" + f + "/src", schemaPath: "#/definitions/Icon/properties/src/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [h] : e.push(h), s++;
              }
            }
            if (d.theme !== void 0) {
              let p = d.theme;
              if (typeof p != "string") {
                let h = { instancePath: n + "/icons/" + f + "/theme", schemaPath: "#/definitions/Icon/properties/theme/type", keyword: "type", params: { type: "string" } };
                e === null ? e = [h] : e.push(h), s++;
              }
              if (!(p === "light" || p === "dark")) {
                let h = { instancePath: n + "/icons/" + f + "/theme", schemaPath: "#/definitions/Icon/properties/theme/enum", keyword: "enum", params: { allowedValues: pe.properties.theme.enum } };
                e === null ? e = [h] : e.push(h), s++;
              }
            }
          } else {
            let p = { instancePath: n + "/icons/" + f, schemaPath: "#/definitions/Icon/type", keyword: "type", params: { type: "object" } };
            e === null ? e = [p] : e.push(p), s++;
          }
        }
      } else {
        let t = { instancePath: n + "/icons", schemaPath: "#/definitions/ServerDetail/properties/icons/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.name !== void 0) {
      let i = o.name;
      if (typeof i == "string") {
        if (z(i) > 200) {
          let t = { instancePath: n + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (z(i) < 3) {
          let t = { instancePath: n + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/minLength", keyword: "minLength", params: { limit: 3 } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (!me.test(i)) {
          let t = { instancePath: n + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.packages !== void 0) {
      let i = o.packages;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++)
          ie(i[f], { instancePath: n + "/packages/" + f }) || (e = E(e, ie.errors), s = e.length);
      } else {
        let t = { instancePath: n + "/packages", schemaPath: "#/definitions/ServerDetail/properties/packages/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.remotes !== void 0) {
      let i = o.remotes;
      if (Array.isArray(i)) {
        let t = i.length;
        for (let f = 0; f < t; f++)
          se(i[f], { instancePath: n + "/remotes/" + f }) || (e = E(e, se.errors), s = e.length);
      } else {
        let t = { instancePath: n + "/remotes", schemaPath: "#/definitions/ServerDetail/properties/remotes/type", keyword: "type", params: { type: "array" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.repository !== void 0) {
      let i = o.repository;
      if (i && typeof i == "object" && !Array.isArray(i)) {
        if (i.url === void 0) {
          let t = { instancePath: n + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (i.source === void 0) {
          let t = { instancePath: n + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (i.id !== void 0 && typeof i.id != "string") {
          let t = { instancePath: n + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (i.source !== void 0 && typeof i.source != "string") {
          let t = { instancePath: n + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (i.subfolder !== void 0 && typeof i.subfolder != "string") {
          let t = { instancePath: n + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (i.url !== void 0) {
          let t = i.url;
          if (typeof t == "string") {
            if (!Z.test(t)) {
              let f = { instancePath: n + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" } };
              e === null ? e = [f] : e.push(f), s++;
            }
          } else {
            let f = { instancePath: n + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" } };
            e === null ? e = [f] : e.push(f), s++;
          }
        }
      } else {
        let t = { instancePath: n + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.title !== void 0) {
      let i = o.title;
      if (typeof i == "string") {
        if (z(i) > 100) {
          let t = { instancePath: n + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/maxLength", keyword: "maxLength", params: { limit: 100 } };
          e === null ? e = [t] : e.push(t), s++;
        }
        if (z(i) < 1) {
          let t = { instancePath: n + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/minLength", keyword: "minLength", params: { limit: 1 } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.version !== void 0) {
      let i = o.version;
      if (typeof i == "string") {
        if (z(i) > 255) {
          let t = { instancePath: n + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
    if (o.websiteUrl !== void 0) {
      let i = o.websiteUrl;
      if (typeof i == "string") {
        if (!Z.test(i)) {
          let t = { instancePath: n + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/format", keyword: "format", params: { format: "uri" } };
          e === null ? e = [t] : e.push(t), s++;
        }
      } else {
        let t = { instancePath: n + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/type", keyword: "type", params: { type: "string" } };
        e === null ? e = [t] : e.push(t), s++;
      }
    }
  } else {
    let i = { instancePath: n, schemaPath: "#/definitions/ServerDetail/type", keyword: "type", params: { type: "object" } };
    e === null ? e = [i] : e.push(i), s++;
  }
  return ne.errors = e, s === 0;
}
function ye(o, { instancePath: n = "" } = {}) {
  let e = null, s = 0;
  return ne(o, { instancePath: n }) || (e = E(e, ne.errors), s = e.length), ye.errors = e, s === 0;
}
var je = (() => {
  "use strict";
  let o = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i, n = X().default, e = new RegExp("^(\\d+x\\d+|any)$", "u"), s = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u");
  function i(l) {
    let a = null, r = 0, b = r;
    if (r === r)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        if (l.choices !== void 0) {
          let y = l.choices, g = r;
          if (r === g)
            if (Array.isArray(y)) {
              var w = !0;
              let T = y.length;
              for (let S = 0; S < T; S++) {
                let V = r;
                if (typeof y[S] != "string")
                  return i.errors = [0], !1;
                var w = V === r;
                if (!w)
                  break;
              }
            } else
              return i.errors = [0], !1;
          var m = g === r;
        } else
          var m = !0;
        if (m) {
          if (l.default !== void 0) {
            let y = r;
            if (typeof l.default != "string")
              return i.errors = [0], !1;
            var m = y === r;
          } else
            var m = !0;
          if (m) {
            if (l.description !== void 0) {
              let y = r;
              if (typeof l.description != "string")
                return i.errors = [0], !1;
              var m = y === r;
            } else
              var m = !0;
            if (m) {
              if (l.format !== void 0) {
                let y = l.format, g = r;
                if (typeof y != "string")
                  return i.errors = [0], !1;
                if (!(y === "string" || y === "number" || y === "boolean" || y === "filepath"))
                  return i.errors = [0], !1;
                var m = g === r;
              } else
                var m = !0;
              if (m) {
                if (l.isRequired !== void 0) {
                  let y = r;
                  if (typeof l.isRequired != "boolean")
                    return i.errors = [0], !1;
                  var m = y === r;
                } else
                  var m = !0;
                if (m) {
                  if (l.isSecret !== void 0) {
                    let y = r;
                    if (typeof l.isSecret != "boolean")
                      return i.errors = [0], !1;
                    var m = y === r;
                  } else
                    var m = !0;
                  if (m) {
                    if (l.placeholder !== void 0) {
                      let y = r;
                      if (typeof l.placeholder != "string")
                        return i.errors = [0], !1;
                      var m = y === r;
                    } else
                      var m = !0;
                    if (m)
                      if (l.value !== void 0) {
                        let y = r;
                        if (typeof l.value != "string")
                          return i.errors = [0], !1;
                        var m = y === r;
                      } else
                        var m = !0;
                  }
                }
              }
            }
          }
        }
      } else
        return i.errors = [0], !1;
    var j = b === r;
    if (j) {
      let y = r;
      if (r === y)
        if (l && typeof l == "object" && !Array.isArray(l)) {
          if (l.variables !== void 0) {
            let T = l.variables;
            if (r === r)
              if (T && typeof T == "object" && !Array.isArray(T))
                for (let V in T) {
                  let _ = T[V], I = r;
                  if (r === r)
                    if (_ && typeof _ == "object" && !Array.isArray(_)) {
                      if (_.choices !== void 0) {
                        let L = _.choices, $ = r;
                        if (r === $)
                          if (Array.isArray(L)) {
                            var q = !0;
                            let R = L.length;
                            for (let D = 0; D < R; D++) {
                              let N = r;
                              if (typeof L[D] != "string")
                                return i.errors = [0], !1;
                              var q = N === r;
                              if (!q)
                                break;
                            }
                          } else
                            return i.errors = [0], !1;
                        var u = $ === r;
                      } else
                        var u = !0;
                      if (u) {
                        if (_.default !== void 0) {
                          let L = r;
                          if (typeof _.default != "string")
                            return i.errors = [0], !1;
                          var u = L === r;
                        } else
                          var u = !0;
                        if (u) {
                          if (_.description !== void 0) {
                            let L = r;
                            if (typeof _.description != "string")
                              return i.errors = [0], !1;
                            var u = L === r;
                          } else
                            var u = !0;
                          if (u) {
                            if (_.format !== void 0) {
                              let L = _.format, $ = r;
                              if (typeof L != "string")
                                return i.errors = [0], !1;
                              if (!(L === "string" || L === "number" || L === "boolean" || L === "filepath"))
                                return i.errors = [0], !1;
                              var u = $ === r;
                            } else
                              var u = !0;
                            if (u) {
                              if (_.isRequired !== void 0) {
                                let L = r;
                                if (typeof _.isRequired != "boolean")
                                  return i.errors = [0], !1;
                                var u = L === r;
                              } else
                                var u = !0;
                              if (u) {
                                if (_.isSecret !== void 0) {
                                  let L = r;
                                  if (typeof _.isSecret != "boolean")
                                    return i.errors = [0], !1;
                                  var u = L === r;
                                } else
                                  var u = !0;
                                if (u) {
                                  if (_.placeholder !== void 0) {
                                    let L = r;
                                    if (typeof _.placeholder != "string")
                                      return i.errors = [0], !1;
                                    var u = L === r;
                                  } else
                                    var u = !0;
                                  if (u)
                                    if (_.value !== void 0) {
                                      let L = r;
                                      if (typeof _.value != "string")
                                        return i.errors = [0], !1;
                                      var u = L === r;
                                    } else
                                      var u = !0;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else
                      return i.errors = [0], !1;
                  var v = I === r;
                  if (!v)
                    break;
                }
              else
                return i.errors = [0], !1;
          }
        } else
          return i.errors = [0], !1;
      var j = y === r;
    }
    return i.errors = a, r === 0;
  }
  function t(l) {
    let a = null, r = 0, b = r;
    i(l) || (a = a === null ? i.errors : a.concat(i.errors), r = a.length);
    var c = b === r;
    if (c) {
      let w = r;
      if (r === w)
        if (l && typeof l == "object" && !Array.isArray(l)) {
          let j;
          if (l.name === void 0 && (j = "name"))
            return t.errors = [0], !1;
          if (l.name !== void 0 && typeof l.name != "string")
            return t.errors = [0], !1;
        } else
          return t.errors = [0], !1;
      var c = w === r;
    }
    return t.errors = a, r === 0;
  }
  function f(l) {
    let a = null, r = 0, b = r;
    i(l) || (a = a === null ? i.errors : a.concat(i.errors), r = a.length);
    var c = b === r;
    if (c) {
      let j = r, q = r, u = !1, v = r;
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let g;
        l.valueHint === void 0 && (g = "valueHint") && (a === null ? a = [0] : a.push(0), r++);
      }
      var w = v === r;
      if (u = u || w, !u) {
        let g = r;
        if (l && typeof l == "object" && !Array.isArray(l)) {
          let S;
          l.value === void 0 && (S = "value") && (a === null ? a = [0] : a.push(0), r++);
        }
        var w = g === r;
        u = u || w;
      }
      if (u)
        r = q, a !== null && (q ? a.length = q : a = null);
      else
        return a === null ? a = [0] : a.push(0), r++, f.errors = a, !1;
      if (r === j)
        if (l && typeof l == "object" && !Array.isArray(l)) {
          let g;
          if (l.type === void 0 && (g = "type"))
            return f.errors = [0], !1;
          if (l.isRepeated !== void 0) {
            let T = r;
            if (typeof l.isRepeated != "boolean")
              return f.errors = [0], !1;
            var m = T === r;
          } else
            var m = !0;
          if (m) {
            if (l.type !== void 0) {
              let T = l.type, S = r;
              if (typeof T != "string")
                return f.errors = [0], !1;
              if (T !== "positional")
                return f.errors = [0], !1;
              var m = S === r;
            } else
              var m = !0;
            if (m)
              if (l.valueHint !== void 0) {
                let T = r;
                if (typeof l.valueHint != "string")
                  return f.errors = [0], !1;
                var m = T === r;
              } else
                var m = !0;
          }
        } else
          return f.errors = [0], !1;
      var c = j === r;
    }
    return f.errors = a, r === 0;
  }
  function d(l) {
    let a = null, r = 0, b = r;
    i(l) || (a = a === null ? i.errors : a.concat(i.errors), r = a.length);
    var c = b === r;
    if (c) {
      let m = r;
      if (r === m)
        if (l && typeof l == "object" && !Array.isArray(l)) {
          let q;
          if (l.type === void 0 && (q = "type") || l.name === void 0 && (q = "name"))
            return d.errors = [0], !1;
          if (l.isRepeated !== void 0) {
            let u = r;
            if (typeof l.isRepeated != "boolean")
              return d.errors = [0], !1;
            var w = u === r;
          } else
            var w = !0;
          if (w) {
            if (l.name !== void 0) {
              let u = r;
              if (typeof l.name != "string")
                return d.errors = [0], !1;
              var w = u === r;
            } else
              var w = !0;
            if (w)
              if (l.type !== void 0) {
                let u = l.type, v = r;
                if (typeof u != "string")
                  return d.errors = [0], !1;
                if (u !== "named")
                  return d.errors = [0], !1;
                var w = v === r;
              } else
                var w = !0;
          }
        } else
          return d.errors = [0], !1;
      var c = m === r;
    }
    return d.errors = a, r === 0;
  }
  function p(l) {
    let a = null, r = 0, b = r, c = !1, w = r;
    f(l) || (a = a === null ? f.errors : a.concat(f.errors), r = a.length);
    var m = w === r;
    if (c = c || m, !c) {
      let j = r;
      d(l) || (a = a === null ? d.errors : a.concat(d.errors), r = a.length);
      var m = j === r;
      c = c || m;
    }
    if (c)
      r = b, a !== null && (b ? a.length = b : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, p.errors = a, !1;
    return p.errors = a, r === 0;
  }
  let h = new RegExp("^https?://[^\\s]+$", "u");
  function k(l) {
    let a = null, r = 0;
    if (r === 0)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let w;
        if (l.type === void 0 && (w = "type") || l.url === void 0 && (w = "url"))
          return k.errors = [0], !1;
        if (l.headers !== void 0) {
          let m = l.headers, j = r;
          if (r === j)
            if (Array.isArray(m)) {
              var b = !0;
              let q = m.length;
              for (let u = 0; u < q; u++) {
                let v = r;
                t(m[u]) || (a = a === null ? t.errors : a.concat(t.errors), r = a.length);
                var b = v === r;
                if (!b)
                  break;
              }
            } else
              return k.errors = [0], !1;
          var c = j === r;
        } else
          var c = !0;
        if (c) {
          if (l.type !== void 0) {
            let m = l.type, j = r;
            if (typeof m != "string")
              return k.errors = [0], !1;
            if (m !== "streamable-http")
              return k.errors = [0], !1;
            var c = j === r;
          } else
            var c = !0;
          if (c)
            if (l.url !== void 0) {
              let m = l.url, j = r;
              if (r === j)
                if (typeof m == "string") {
                  if (!h.test(m))
                    return k.errors = [0], !1;
                } else
                  return k.errors = [0], !1;
              var c = j === r;
            } else
              var c = !0;
        }
      } else
        return k.errors = [0], !1;
    return k.errors = a, r === 0;
  }
  function A(l) {
    let a = null, r = 0;
    if (r === 0)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let w;
        if (l.type === void 0 && (w = "type") || l.url === void 0 && (w = "url"))
          return A.errors = [0], !1;
        if (l.headers !== void 0) {
          let m = l.headers, j = r;
          if (r === j)
            if (Array.isArray(m)) {
              var b = !0;
              let q = m.length;
              for (let u = 0; u < q; u++) {
                let v = r;
                t(m[u]) || (a = a === null ? t.errors : a.concat(t.errors), r = a.length);
                var b = v === r;
                if (!b)
                  break;
              }
            } else
              return A.errors = [0], !1;
          var c = j === r;
        } else
          var c = !0;
        if (c) {
          if (l.type !== void 0) {
            let m = l.type, j = r;
            if (typeof m != "string")
              return A.errors = [0], !1;
            if (m !== "sse")
              return A.errors = [0], !1;
            var c = j === r;
          } else
            var c = !0;
          if (c)
            if (l.url !== void 0) {
              let m = l.url, j = r;
              if (r === j)
                if (typeof m == "string") {
                  if (!h.test(m))
                    return A.errors = [0], !1;
                } else
                  return A.errors = [0], !1;
              var c = j === r;
            } else
              var c = !0;
        }
      } else
        return A.errors = [0], !1;
    return A.errors = a, r === 0;
  }
  function O(l) {
    let a = null, r = 0, b = r, c = !1, w = r;
    if (r === r)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let q;
        if (l.type === void 0 && (q = "type"))
          a === null ? a = [0] : a.push(0), r++;
        else if (l.type !== void 0) {
          let u = l.type;
          typeof u != "string" && (a === null ? a = [0] : a.push(0), r++), u !== "stdio" && (a === null ? a = [0] : a.push(0), r++);
        }
      } else
        a === null ? a = [0] : a.push(0), r++;
    var j = w === r;
    if (c = c || j, !c) {
      let q = r;
      k(l) || (a = a === null ? k.errors : a.concat(k.errors), r = a.length);
      var j = q === r;
      if (c = c || j, !c) {
        let v = r;
        A(l) || (a = a === null ? A.errors : a.concat(A.errors), r = a.length);
        var j = v === r;
        c = c || j;
      }
    }
    if (c)
      r = b, a !== null && (b ? a.length = b : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, O.errors = a, !1;
    return O.errors = a, r === 0;
  }
  let K = new RegExp("^[a-f0-9]{64}$", "u");
  function x(l) {
    let a = null, r = 0;
    if (r === 0)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let q;
        if (l.registryType === void 0 && (q = "registryType") || l.identifier === void 0 && (q = "identifier") || l.transport === void 0 && (q = "transport"))
          return x.errors = [0], !1;
        if (l.environmentVariables !== void 0) {
          let u = l.environmentVariables, v = r;
          if (r === v)
            if (Array.isArray(u)) {
              var b = !0;
              let y = u.length;
              for (let g = 0; g < y; g++) {
                let T = r;
                t(u[g]) || (a = a === null ? t.errors : a.concat(t.errors), r = a.length);
                var b = T === r;
                if (!b)
                  break;
              }
            } else
              return x.errors = [0], !1;
          var c = v === r;
        } else
          var c = !0;
        if (c) {
          if (l.fileSha256 !== void 0) {
            let u = l.fileSha256, v = r;
            if (r === v)
              if (typeof u == "string") {
                if (!K.test(u))
                  return x.errors = [0], !1;
              } else
                return x.errors = [0], !1;
            var c = v === r;
          } else
            var c = !0;
          if (c) {
            if (l.identifier !== void 0) {
              let u = r;
              if (typeof l.identifier != "string")
                return x.errors = [0], !1;
              var c = u === r;
            } else
              var c = !0;
            if (c) {
              if (l.packageArguments !== void 0) {
                let u = l.packageArguments, v = r;
                if (r === v)
                  if (Array.isArray(u)) {
                    var w = !0;
                    let g = u.length;
                    for (let T = 0; T < g; T++) {
                      let S = r;
                      p(u[T]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                      var w = S === r;
                      if (!w)
                        break;
                    }
                  } else
                    return x.errors = [0], !1;
                var c = v === r;
              } else
                var c = !0;
              if (c) {
                if (l.registryBaseUrl !== void 0) {
                  let u = l.registryBaseUrl, v = r;
                  if (r === v && r === v)
                    if (typeof u == "string") {
                      if (!o.test(u))
                        return x.errors = [0], !1;
                    } else
                      return x.errors = [0], !1;
                  var c = v === r;
                } else
                  var c = !0;
                if (c) {
                  if (l.registryType !== void 0) {
                    let u = r;
                    if (typeof l.registryType != "string")
                      return x.errors = [0], !1;
                    var c = u === r;
                  } else
                    var c = !0;
                  if (c) {
                    if (l.runtimeArguments !== void 0) {
                      let u = l.runtimeArguments, v = r;
                      if (r === v)
                        if (Array.isArray(u)) {
                          var m = !0;
                          let g = u.length;
                          for (let T = 0; T < g; T++) {
                            let S = r;
                            p(u[T]) || (a = a === null ? p.errors : a.concat(p.errors), r = a.length);
                            var m = S === r;
                            if (!m)
                              break;
                          }
                        } else
                          return x.errors = [0], !1;
                      var c = v === r;
                    } else
                      var c = !0;
                    if (c) {
                      if (l.runtimeHint !== void 0) {
                        let u = r;
                        if (typeof l.runtimeHint != "string")
                          return x.errors = [0], !1;
                        var c = u === r;
                      } else
                        var c = !0;
                      if (c) {
                        if (l.transport !== void 0) {
                          let u = r;
                          O(l.transport) || (a = a === null ? O.errors : a.concat(O.errors), r = a.length);
                          var c = u === r;
                        } else
                          var c = !0;
                        if (c)
                          if (l.version !== void 0) {
                            let u = l.version, v = r, y = r, g = r;
                            if (u !== "latest") {
                              let S = {};
                              a === null ? a = [S] : a.push(S), r++;
                            }
                            var j = g === r;
                            if (j)
                              return x.errors = [0], !1;
                            if (r = y, a !== null && (y ? a.length = y : a = null), r === v)
                              if (typeof u == "string") {
                                if (u.length < 2 && n(u) < 1)
                                  return x.errors = [0], !1;
                              } else
                                return x.errors = [0], !1;
                            var c = v === r;
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
      } else
        return x.errors = [0], !1;
    return x.errors = a, r === 0;
  }
  function H(l) {
    let a = null, r = 0, b = r, c = r, w = !1, m = r;
    k(l) || (a = a === null ? k.errors : a.concat(k.errors), r = a.length);
    var j = m === r;
    if (w = w || j, !w) {
      let g = r;
      A(l) || (a = a === null ? A.errors : a.concat(A.errors), r = a.length);
      var j = g === r;
      w = w || j;
    }
    if (w)
      r = c, a !== null && (c ? a.length = c : a = null);
    else
      return a === null ? a = [0] : a.push(0), r++, H.errors = a, !1;
    var q = b === r;
    if (q) {
      let g = r;
      if (r === g)
        if (l && typeof l == "object" && !Array.isArray(l)) {
          if (l.variables !== void 0) {
            let S = l.variables;
            if (r === r)
              if (S && typeof S == "object" && !Array.isArray(S))
                for (let _ in S) {
                  let I = S[_], F = r;
                  if (r === r)
                    if (I && typeof I == "object" && !Array.isArray(I)) {
                      if (I.choices !== void 0) {
                        let $ = I.choices, R = r;
                        if (r === R)
                          if (Array.isArray($)) {
                            var u = !0;
                            let D = $.length;
                            for (let N = 0; N < D; N++) {
                              let G = r;
                              if (typeof $[N] != "string")
                                return H.errors = [0], !1;
                              var u = G === r;
                              if (!u)
                                break;
                            }
                          } else
                            return H.errors = [0], !1;
                        var v = R === r;
                      } else
                        var v = !0;
                      if (v) {
                        if (I.default !== void 0) {
                          let $ = r;
                          if (typeof I.default != "string")
                            return H.errors = [0], !1;
                          var v = $ === r;
                        } else
                          var v = !0;
                        if (v) {
                          if (I.description !== void 0) {
                            let $ = r;
                            if (typeof I.description != "string")
                              return H.errors = [0], !1;
                            var v = $ === r;
                          } else
                            var v = !0;
                          if (v) {
                            if (I.format !== void 0) {
                              let $ = I.format, R = r;
                              if (typeof $ != "string")
                                return H.errors = [0], !1;
                              if (!($ === "string" || $ === "number" || $ === "boolean" || $ === "filepath"))
                                return H.errors = [0], !1;
                              var v = R === r;
                            } else
                              var v = !0;
                            if (v) {
                              if (I.isRequired !== void 0) {
                                let $ = r;
                                if (typeof I.isRequired != "boolean")
                                  return H.errors = [0], !1;
                                var v = $ === r;
                              } else
                                var v = !0;
                              if (v) {
                                if (I.isSecret !== void 0) {
                                  let $ = r;
                                  if (typeof I.isSecret != "boolean")
                                    return H.errors = [0], !1;
                                  var v = $ === r;
                                } else
                                  var v = !0;
                                if (v) {
                                  if (I.placeholder !== void 0) {
                                    let $ = r;
                                    if (typeof I.placeholder != "string")
                                      return H.errors = [0], !1;
                                    var v = $ === r;
                                  } else
                                    var v = !0;
                                  if (v)
                                    if (I.value !== void 0) {
                                      let $ = r;
                                      if (typeof I.value != "string")
                                        return H.errors = [0], !1;
                                      var v = $ === r;
                                    } else
                                      var v = !0;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else
                      return H.errors = [0], !1;
                  var y = F === r;
                  if (!y)
                    break;
                }
              else
                return H.errors = [0], !1;
          }
        } else
          return H.errors = [0], !1;
      var q = g === r;
    }
    return H.errors = a, r === 0;
  }
  function P(l) {
    let a = null, r = 0;
    if (r === 0)
      if (l && typeof l == "object" && !Array.isArray(l)) {
        let v;
        if (l.name === void 0 && (v = "name") || l.description === void 0 && (v = "description") || l.version === void 0 && (v = "version"))
          return P.errors = [0], !1;
        if (l.$schema !== void 0) {
          let y = l.$schema, g = r;
          if (r === g && r === g)
            if (typeof y == "string") {
              if (!o.test(y))
                return P.errors = [0], !1;
            } else
              return P.errors = [0], !1;
          var b = g === r;
        } else
          var b = !0;
        if (b) {
          if (l._meta !== void 0) {
            let y = l._meta, g = r;
            if (r === g)
              if (y && typeof y == "object" && !Array.isArray(y)) {
                if (y["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                  let S = y["io.modelcontextprotocol.registry/publisher-provided"];
                  if (r === r && !(S && typeof S == "object" && !Array.isArray(S)))
                    return P.errors = [0], !1;
                }
              } else
                return P.errors = [0], !1;
            var b = g === r;
          } else
            var b = !0;
          if (b) {
            if (l.description !== void 0) {
              let y = l.description, g = r;
              if (r === g)
                if (typeof y == "string") {
                  if (y.length > 100 && n(y) > 100)
                    return P.errors = [0], !1;
                  if (y.length < 2 && n(y) < 1)
                    return P.errors = [0], !1;
                } else
                  return P.errors = [0], !1;
              var b = g === r;
            } else
              var b = !0;
            if (b) {
              if (l.icons !== void 0) {
                let y = l.icons, g = r;
                if (r === g)
                  if (Array.isArray(y)) {
                    var c = !0;
                    let S = y.length;
                    for (let V = 0; V < S; V++) {
                      let _ = y[V], I = r;
                      if (r === r)
                        if (_ && typeof _ == "object" && !Array.isArray(_)) {
                          let $;
                          if (_.src === void 0 && ($ = "src"))
                            return P.errors = [0], !1;
                          if (_.mimeType !== void 0) {
                            let R = _.mimeType, D = r;
                            if (typeof R != "string")
                              return P.errors = [0], !1;
                            if (!(R === "image/png" || R === "image/jpeg" || R === "image/jpg" || R === "image/svg+xml" || R === "image/webp"))
                              return P.errors = [0], !1;
                            var w = D === r;
                          } else
                            var w = !0;
                          if (w) {
                            if (_.sizes !== void 0) {
                              let R = _.sizes, D = r;
                              if (r === D)
                                if (Array.isArray(R)) {
                                  var m = !0;
                                  let G = R.length;
                                  for (let J = 0; J < G; J++) {
                                    let le = R[J], ae = r;
                                    if (r === ae)
                                      if (typeof le == "string") {
                                        if (!e.test(le))
                                          return P.errors = [0], !1;
                                      } else
                                        return P.errors = [0], !1;
                                    var m = ae === r;
                                    if (!m)
                                      break;
                                  }
                                } else
                                  return P.errors = [0], !1;
                              var w = D === r;
                            } else
                              var w = !0;
                            if (w) {
                              if (_.src !== void 0) {
                                let R = _.src, D = r;
                                if (r === D && r === D)
                                  if (typeof R == "string") {
                                    if (R.length > 255 && n(R) > 255)
                                      return P.errors = [0], !1;
                                    if (!o.test(R))
                                      return P.errors = [0], !1;
                                  } else
                                    return P.errors = [0], !1;
                                var w = D === r;
                              } else
                                var w = !0;
                              if (w)
                                if (_.theme !== void 0) {
                                  let R = _.theme, D = r;
                                  if (typeof R != "string")
                                    return P.errors = [0], !1;
                                  if (!(R === "light" || R === "dark"))
                                    return P.errors = [0], !1;
                                  var w = D === r;
                                } else
                                  var w = !0;
                            }
                          }
                        } else
                          return P.errors = [0], !1;
                      var c = I === r;
                      if (!c)
                        break;
                    }
                  } else
                    return P.errors = [0], !1;
                var b = g === r;
              } else
                var b = !0;
              if (b) {
                if (l.name !== void 0) {
                  let y = l.name, g = r;
                  if (r === g)
                    if (typeof y == "string") {
                      if (y.length > 200 && n(y) > 200)
                        return P.errors = [0], !1;
                      if (y.length < 6 && n(y) < 3)
                        return P.errors = [0], !1;
                      if (!s.test(y))
                        return P.errors = [0], !1;
                    } else
                      return P.errors = [0], !1;
                  var b = g === r;
                } else
                  var b = !0;
                if (b) {
                  if (l.packages !== void 0) {
                    let y = l.packages, g = r;
                    if (r === g)
                      if (Array.isArray(y)) {
                        var j = !0;
                        let S = y.length;
                        for (let V = 0; V < S; V++) {
                          let _ = r;
                          x(y[V]) || (a = a === null ? x.errors : a.concat(x.errors), r = a.length);
                          var j = _ === r;
                          if (!j)
                            break;
                        }
                      } else
                        return P.errors = [0], !1;
                    var b = g === r;
                  } else
                    var b = !0;
                  if (b) {
                    if (l.remotes !== void 0) {
                      let y = l.remotes, g = r;
                      if (r === g)
                        if (Array.isArray(y)) {
                          var q = !0;
                          let S = y.length;
                          for (let V = 0; V < S; V++) {
                            let _ = r;
                            H(y[V]) || (a = a === null ? H.errors : a.concat(H.errors), r = a.length);
                            var q = _ === r;
                            if (!q)
                              break;
                          }
                        } else
                          return P.errors = [0], !1;
                      var b = g === r;
                    } else
                      var b = !0;
                    if (b) {
                      if (l.repository !== void 0) {
                        let y = l.repository, g = r;
                        if (r === r)
                          if (y && typeof y == "object" && !Array.isArray(y)) {
                            let V;
                            if (y.url === void 0 && (V = "url") || y.source === void 0 && (V = "source"))
                              return P.errors = [0], !1;
                            if (y.id !== void 0) {
                              let _ = r;
                              if (typeof y.id != "string")
                                return P.errors = [0], !1;
                              var u = _ === r;
                            } else
                              var u = !0;
                            if (u) {
                              if (y.source !== void 0) {
                                let _ = r;
                                if (typeof y.source != "string")
                                  return P.errors = [0], !1;
                                var u = _ === r;
                              } else
                                var u = !0;
                              if (u) {
                                if (y.subfolder !== void 0) {
                                  let _ = r;
                                  if (typeof y.subfolder != "string")
                                    return P.errors = [0], !1;
                                  var u = _ === r;
                                } else
                                  var u = !0;
                                if (u)
                                  if (y.url !== void 0) {
                                    let _ = y.url, I = r;
                                    if (r === I && r === I)
                                      if (typeof _ == "string") {
                                        if (!o.test(_))
                                          return P.errors = [0], !1;
                                      } else
                                        return P.errors = [0], !1;
                                    var u = I === r;
                                  } else
                                    var u = !0;
                              }
                            }
                          } else
                            return P.errors = [0], !1;
                        var b = g === r;
                      } else
                        var b = !0;
                      if (b) {
                        if (l.title !== void 0) {
                          let y = l.title, g = r;
                          if (r === g)
                            if (typeof y == "string") {
                              if (y.length > 100 && n(y) > 100)
                                return P.errors = [0], !1;
                              if (y.length < 2 && n(y) < 1)
                                return P.errors = [0], !1;
                            } else
                              return P.errors = [0], !1;
                          var b = g === r;
                        } else
                          var b = !0;
                        if (b) {
                          if (l.version !== void 0) {
                            let y = l.version, g = r;
                            if (r === g)
                              if (typeof y == "string") {
                                if (y.length > 255 && n(y) > 255)
                                  return P.errors = [0], !1;
                              } else
                                return P.errors = [0], !1;
                            var b = g === r;
                          } else
                            var b = !0;
                          if (b)
                            if (l.websiteUrl !== void 0) {
                              let y = l.websiteUrl, g = r;
                              if (r === g && r === g)
                                if (typeof y == "string") {
                                  if (!o.test(y))
                                    return P.errors = [0], !1;
                                } else
                                  return P.errors = [0], !1;
                              var b = g === r;
                            } else
                              var b = !0;
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
        return P.errors = [0], !1;
    return P.errors = a, r === 0;
  }
  function oe(l) {
    let a = null, r = 0;
    return P(l) || (a = a === null ? P.errors : a.concat(P.errors), r = a.length), oe.errors = a, r === 0;
  }
  return oe;
})();
export {
  je as isValid,
  Pe as validate
};
