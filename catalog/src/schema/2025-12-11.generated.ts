// Generated from 2025-12-11.json by `npm run generate`; do not edit.
// @ts-nocheck
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: !0 });
    function ucs2length(str) {
      let len = str.length, length = 0, pos = 0, value;
      for (; pos < len; )
        length++, value = str.charCodeAt(pos++), value >= 55296 && value <= 56319 && pos < len && (value = str.charCodeAt(pos), (value & 64512) === 56320 && pos++);
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate10;
var schema13 = { properties: { mimeType: { enum: ["image/png", "image/jpeg", "image/jpg", "image/svg+xml", "image/webp"], type: "string" }, sizes: { items: { pattern: "^(\\d+x\\d+|any)$", type: "string" }, type: "array" }, src: { format: "uri", maxLength: 255, type: "string" }, theme: { enum: ["light", "dark"], type: "string" } }, required: ["src"], type: "object" };
var formats0 = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i, func2 = require_ucs2length().default, pattern0 = new RegExp("^(\\d+x\\d+|any)$", "u"), pattern1 = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u");
var schema17 = { properties: { choices: { items: { type: "string" }, type: "array" }, default: { type: "string" }, description: { type: "string" }, format: { enum: ["string", "number", "boolean", "filepath"], type: "string" }, isRequired: { type: "boolean" }, isSecret: { type: "boolean" }, placeholder: { type: "string" }, value: { type: "string" } }, type: "object" };
function validate14(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.choices !== void 0) {
      let data0 = data.choices;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++)
          if (typeof data0[i0] != "string") {
            let err0 = { instancePath: instancePath + "/choices/" + i0, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
          }
      } else {
        let err1 = { instancePath: instancePath + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    }
    if (data.default !== void 0 && typeof data.default != "string") {
      let err2 = { instancePath: instancePath + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.description !== void 0 && typeof data.description != "string") {
      let err3 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.format !== void 0) {
      let data4 = data.format;
      if (typeof data4 != "string") {
        let err4 = { instancePath: instancePath + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (!(data4 === "string" || data4 === "number" || data4 === "boolean" || data4 === "filepath")) {
        let err5 = { instancePath: instancePath + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: schema17.properties.format.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.isRequired !== void 0 && typeof data.isRequired != "boolean") {
      let err6 = { instancePath: instancePath + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.isSecret !== void 0 && typeof data.isSecret != "boolean") {
      let err7 = { instancePath: instancePath + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
    if (data.placeholder !== void 0 && typeof data.placeholder != "string") {
      let err8 = { instancePath: instancePath + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.value !== void 0 && typeof data.value != "string") {
      let err9 = { instancePath: instancePath + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
    }
  } else {
    let err10 = { instancePath, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.variables !== void 0) {
      let data9 = data.variables;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9))
        for (let key0 in data9) {
          let data10 = data9[key0];
          if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
            if (data10.choices !== void 0) {
              let data11 = data10.choices;
              if (Array.isArray(data11)) {
                let len1 = data11.length;
                for (let i1 = 0; i1 < len1; i1++)
                  if (typeof data11[i1] != "string") {
                    let err11 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + i1, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
                  }
              } else {
                let err12 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
              }
            }
            if (data10.default !== void 0 && typeof data10.default != "string") {
              let err13 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
            }
            if (data10.description !== void 0 && typeof data10.description != "string") {
              let err14 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
            }
            if (data10.format !== void 0) {
              let data15 = data10.format;
              if (typeof data15 != "string") {
                let err15 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
              }
              if (!(data15 === "string" || data15 === "number" || data15 === "boolean" || data15 === "filepath")) {
                let err16 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: schema17.properties.format.enum }, message: "must be equal to one of the allowed values" };
                vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
              }
            }
            if (data10.isRequired !== void 0 && typeof data10.isRequired != "boolean") {
              let err17 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
            }
            if (data10.isSecret !== void 0 && typeof data10.isSecret != "boolean") {
              let err18 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
            }
            if (data10.placeholder !== void 0 && typeof data10.placeholder != "string") {
              let err19 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
            }
            if (data10.value !== void 0 && typeof data10.value != "string") {
              let err20 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
            }
          } else {
            let err21 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
        }
      else {
        let err22 = { instancePath: instancePath + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
  } else {
    let err23 = { instancePath, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
  }
  return validate14.errors = vErrors, errors === 0;
}
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (validate14(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors), errors = vErrors.length), data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.name !== void 0 && typeof data.name != "string") {
      let err1 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
  } else {
    let err2 = { instancePath, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  return validate13.errors = vErrors, errors === 0;
}
var schema20 = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { anyOf: [{ required: ["valueHint"] }, { required: ["value"] }], properties: { isRepeated: { type: "boolean" }, type: { enum: ["positional"], type: "string" }, valueHint: { type: "string" } }, required: ["type"], type: "object" }] };
function validate18(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  validate14(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors), errors = vErrors.length);
  let _errs3 = errors, valid1 = !1, _errs4 = errors;
  if (data && typeof data == "object" && !Array.isArray(data) && data.valueHint === void 0) {
    let err0 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "valueHint" }, message: "must have required property 'valueHint'" };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  var _valid0 = _errs4 === errors;
  if (valid1 = valid1 || _valid0, !valid1) {
    let _errs5 = errors;
    if (data && typeof data == "object" && !Array.isArray(data) && data.value === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    var _valid0 = _errs5 === errors;
    valid1 = valid1 || _valid0;
  }
  if (valid1)
    errors = _errs3, vErrors !== null && (_errs3 ? vErrors.length = _errs3 : vErrors = null);
  else {
    let err2 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err3 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.isRepeated !== void 0 && typeof data.isRepeated != "boolean") {
      let err4 = { instancePath: instancePath + "/isRepeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.type !== void 0) {
      let data1 = data.type;
      if (typeof data1 != "string") {
        let err5 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
      if (data1 !== "positional") {
        let err6 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema20.allOf[1].properties.type.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.valueHint !== void 0 && typeof data.valueHint != "string") {
      let err7 = { instancePath: instancePath + "/valueHint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/valueHint/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
  } else {
    let err8 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
  }
  return validate18.errors = vErrors, errors === 0;
}
var schema21 = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { properties: { isRepeated: { type: "boolean" }, name: { type: "string" }, type: { enum: ["named"], type: "string" } }, required: ["type", "name"], type: "object" }] };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (validate14(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors), errors = vErrors.length), data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.name === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.isRepeated !== void 0 && typeof data.isRepeated != "boolean") {
      let err2 = { instancePath: instancePath + "/isRepeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/isRepeated/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.name !== void 0 && typeof data.name != "string") {
      let err3 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.type !== void 0) {
      let data2 = data.type;
      if (typeof data2 != "string") {
        let err4 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (data2 !== "named") {
        let err5 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema21.allOf[1].properties.type.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
  } else {
    let err6 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
  }
  return validate21.errors = vErrors, errors === 0;
}
function validate17(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
  validate18(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors), errors = vErrors.length);
  var _valid0 = _errs1 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs2 = errors;
    validate21(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors), errors = vErrors.length);
    var _valid0 = _errs2 === errors;
    valid0 = valid0 || _valid0;
  }
  if (valid0)
    errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
  else {
    let err0 = { instancePath, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  return validate17.errors = vErrors, errors === 0;
}
var schema23 = { properties: { type: { enum: ["stdio"], type: "string" } }, required: ["type"], type: "object" }, schema24 = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["streamable-http"], type: "string" }, url: { pattern: "^https?://[^\\s]+$", type: "string" } }, required: ["type", "url"], type: "object" }, pattern3 = new RegExp("^https?://[^\\s]+$", "u");
function validate27(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.url === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.headers !== void 0) {
      let data0 = data.headers;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate13(data0[i0], { instancePath: instancePath + "/headers/" + i0, parentData: data0, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors), errors = vErrors.length);
      } else {
        let err2 = { instancePath: instancePath + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.type !== void 0) {
      let data2 = data.type;
      if (typeof data2 != "string") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
      if (data2 !== "streamable-http") {
        let err4 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema24.properties.type.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.url !== void 0) {
      let data3 = data.url;
      if (typeof data3 == "string") {
        if (!pattern3.test(data3)) {
          let err5 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/pattern", keyword: "pattern", params: { pattern: "^https?://[^\\s]+$" }, message: 'must match pattern "^https?://[^\\s]+$"' };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
      } else {
        let err6 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate27.errors = vErrors, errors === 0;
}
var schema25 = { properties: { headers: { items: { $ref: "#/definitions/KeyValueInput" }, type: "array" }, type: { enum: ["sse"], type: "string" }, url: { pattern: "^https?://[^\\s]+$", type: "string" } }, required: ["type", "url"], type: "object" };
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.url === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.headers !== void 0) {
      let data0 = data.headers;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate13(data0[i0], { instancePath: instancePath + "/headers/" + i0, parentData: data0, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors), errors = vErrors.length);
      } else {
        let err2 = { instancePath: instancePath + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.type !== void 0) {
      let data2 = data.type;
      if (typeof data2 != "string") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
      if (data2 !== "sse") {
        let err4 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema25.properties.type.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data.url !== void 0) {
      let data3 = data.url;
      if (typeof data3 == "string") {
        if (!pattern3.test(data3)) {
          let err5 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/SseTransport/properties/url/pattern", keyword: "pattern", params: { pattern: "^https?://[^\\s]+$" }, message: 'must match pattern "^https?://[^\\s]+$"' };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
      } else {
        let err6 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate30.errors = vErrors, errors === 0;
}
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err1 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
      if (data0 !== "stdio") {
        let err2 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema23.properties.type.enum }, message: "must be equal to one of the allowed values" };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
  } else {
    let err3 = { instancePath, schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
  }
  var _valid0 = _errs1 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs6 = errors;
    validate27(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors), errors = vErrors.length);
    var _valid0 = _errs6 === errors;
    if (valid0 = valid0 || _valid0, !valid0) {
      let _errs7 = errors;
      validate30(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors), errors = vErrors.length);
      var _valid0 = _errs7 === errors;
      valid0 = valid0 || _valid0;
    }
  }
  if (valid0)
    errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
  else {
    let err4 = { instancePath, schemaPath: "#/definitions/LocalTransport/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
  }
  return validate26.errors = vErrors, errors === 0;
}
var pattern2 = new RegExp("^[a-f0-9]{64}$", "u");
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.registryType === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registryType" }, message: "must have required property 'registryType'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.identifier === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" }, message: "must have required property 'identifier'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.transport === void 0) {
      let err2 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" }, message: "must have required property 'transport'" };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.environmentVariables !== void 0) {
      let data0 = data.environmentVariables;
      if (Array.isArray(data0)) {
        let len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate13(data0[i0], { instancePath: instancePath + "/environmentVariables/" + i0, parentData: data0, parentDataProperty: i0, rootData }) || (vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors), errors = vErrors.length);
      } else {
        let err3 = { instancePath: instancePath + "/environmentVariables", schemaPath: "#/definitions/Package/properties/environmentVariables/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.fileSha256 !== void 0) {
      let data2 = data.fileSha256;
      if (typeof data2 == "string") {
        if (!pattern2.test(data2)) {
          let err4 = { instancePath: instancePath + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" }, message: 'must match pattern "^[a-f0-9]{64}$"' };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
      } else {
        let err5 = { instancePath: instancePath + "/fileSha256", schemaPath: "#/definitions/Package/properties/fileSha256/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.identifier !== void 0 && typeof data.identifier != "string") {
      let err6 = { instancePath: instancePath + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.packageArguments !== void 0) {
      let data4 = data.packageArguments;
      if (Array.isArray(data4)) {
        let len1 = data4.length;
        for (let i1 = 0; i1 < len1; i1++)
          validate17(data4[i1], { instancePath: instancePath + "/packageArguments/" + i1, parentData: data4, parentDataProperty: i1, rootData }) || (vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors), errors = vErrors.length);
      } else {
        let err7 = { instancePath: instancePath + "/packageArguments", schemaPath: "#/definitions/Package/properties/packageArguments/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.registryBaseUrl !== void 0) {
      let data6 = data.registryBaseUrl;
      if (typeof data6 == "string") {
        if (!formats0.test(data6)) {
          let err8 = { instancePath: instancePath + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/format", keyword: "format", params: { format: "uri" }, message: 'must match format "uri"' };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
      } else {
        let err9 = { instancePath: instancePath + "/registryBaseUrl", schemaPath: "#/definitions/Package/properties/registryBaseUrl/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.registryType !== void 0 && typeof data.registryType != "string") {
      let err10 = { instancePath: instancePath + "/registryType", schemaPath: "#/definitions/Package/properties/registryType/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
    }
    if (data.runtimeArguments !== void 0) {
      let data8 = data.runtimeArguments;
      if (Array.isArray(data8)) {
        let len2 = data8.length;
        for (let i2 = 0; i2 < len2; i2++)
          validate17(data8[i2], { instancePath: instancePath + "/runtimeArguments/" + i2, parentData: data8, parentDataProperty: i2, rootData }) || (vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors), errors = vErrors.length);
      } else {
        let err11 = { instancePath: instancePath + "/runtimeArguments", schemaPath: "#/definitions/Package/properties/runtimeArguments/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.runtimeHint !== void 0 && typeof data.runtimeHint != "string") {
      let err12 = { instancePath: instancePath + "/runtimeHint", schemaPath: "#/definitions/Package/properties/runtimeHint/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
    }
    if (data.transport !== void 0 && (validate26(data.transport, { instancePath: instancePath + "/transport", parentData: data, parentDataProperty: "transport", rootData }) || (vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors), errors = vErrors.length)), data.version !== void 0) {
      let data12 = data.version, _errs23 = errors, _errs24 = errors;
      if (data12 !== "latest") {
        let err13 = {};
        vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
      }
      var valid7 = _errs24 === errors;
      if (valid7) {
        let err14 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {}, message: "must NOT be valid" };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      } else
        errors = _errs23, vErrors !== null && (_errs23 ? vErrors.length = _errs23 : vErrors = null);
      if (typeof data12 == "string") {
        if (func2(data12) < 1) {
          let err15 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
        }
      } else {
        let err16 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
      }
    }
  } else {
    let err17 = { instancePath, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
  }
  return validate12.errors = vErrors, errors === 0;
}
function validate35(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0, _errs1 = errors, valid1 = !1, _errs2 = errors;
  validate27(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors), errors = vErrors.length);
  var _valid0 = _errs2 === errors;
  if (valid1 = valid1 || _valid0, !valid1) {
    let _errs3 = errors;
    validate30(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors), errors = vErrors.length);
    var _valid0 = _errs3 === errors;
    valid1 = valid1 || _valid0;
  }
  if (valid1)
    errors = _errs1, vErrors !== null && (_errs1 ? vErrors.length = _errs1 : vErrors = null);
  else {
    let err0 = { instancePath, schemaPath: "#/definitions/RemoteTransport/allOf/0/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.variables !== void 0) {
      let data0 = data.variables;
      if (data0 && typeof data0 == "object" && !Array.isArray(data0))
        for (let key0 in data0) {
          let data1 = data0[key0];
          if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
            if (data1.choices !== void 0) {
              let data2 = data1.choices;
              if (Array.isArray(data2)) {
                let len0 = data2.length;
                for (let i0 = 0; i0 < len0; i0++)
                  if (typeof data2[i0] != "string") {
                    let err1 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + i0, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
                  }
              } else {
                let err2 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
              }
            }
            if (data1.default !== void 0 && typeof data1.default != "string") {
              let err3 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
            }
            if (data1.description !== void 0 && typeof data1.description != "string") {
              let err4 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
            }
            if (data1.format !== void 0) {
              let data6 = data1.format;
              if (typeof data6 != "string") {
                let err5 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
              }
              if (!(data6 === "string" || data6 === "number" || data6 === "boolean" || data6 === "filepath")) {
                let err6 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: schema17.properties.format.enum }, message: "must be equal to one of the allowed values" };
                vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
              }
            }
            if (data1.isRequired !== void 0 && typeof data1.isRequired != "boolean") {
              let err7 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isRequired", schemaPath: "#/definitions/Input/properties/isRequired/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
            }
            if (data1.isSecret !== void 0 && typeof data1.isSecret != "boolean") {
              let err8 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isSecret", schemaPath: "#/definitions/Input/properties/isSecret/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
            }
            if (data1.placeholder !== void 0 && typeof data1.placeholder != "string") {
              let err9 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/placeholder", schemaPath: "#/definitions/Input/properties/placeholder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
            }
            if (data1.value !== void 0 && typeof data1.value != "string") {
              let err10 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
            }
          } else {
            let err11 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
          }
        }
      else {
        let err12 = { instancePath: instancePath + "/variables", schemaPath: "#/definitions/RemoteTransport/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
  } else {
    let err13 = { instancePath, schemaPath: "#/definitions/RemoteTransport/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
  }
  return validate35.errors = vErrors, errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.description === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "description" }, message: "must have required property 'description'" };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.version === void 0) {
      let err2 = { instancePath, schemaPath: "#/definitions/ServerDetail/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'" };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.$schema !== void 0) {
      let data0 = data.$schema;
      if (typeof data0 == "string") {
        if (!formats0.test(data0)) {
          let err3 = { instancePath: instancePath + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/format", keyword: "format", params: { format: "uri" }, message: 'must match format "uri"' };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
      } else {
        let err4 = { instancePath: instancePath + "/$schema", schemaPath: "#/definitions/ServerDetail/properties/%24schema/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data._meta !== void 0) {
      let data1 = data._meta;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        if (data1["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let data2 = data1["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(data2 && typeof data2 == "object" && !Array.isArray(data2))) {
            let err5 = { instancePath: instancePath + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
          }
        }
      } else {
        let err6 = { instancePath: instancePath + "/_meta", schemaPath: "#/definitions/ServerDetail/properties/_meta/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.description !== void 0) {
      let data3 = data.description;
      if (typeof data3 == "string") {
        if (func2(data3) > 100) {
          let err7 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters" };
          vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
        }
        if (func2(data3) < 1) {
          let err8 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
      } else {
        let err9 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/ServerDetail/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.icons !== void 0) {
      let data4 = data.icons;
      if (Array.isArray(data4)) {
        let len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data5 = data4[i0];
          if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
            if (data5.src === void 0) {
              let err10 = { instancePath: instancePath + "/icons/" + i0, schemaPath: "#/definitions/Icon/required", keyword: "required", params: { missingProperty: "src" }, message: "must have required property 'src'" };
              vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
            }
            if (data5.mimeType !== void 0) {
              let data6 = data5.mimeType;
              if (typeof data6 != "string") {
                let err11 = { instancePath: instancePath + "/icons/" + i0 + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
              }
              if (!(data6 === "image/png" || data6 === "image/jpeg" || data6 === "image/jpg" || data6 === "image/svg+xml" || data6 === "image/webp")) {
                let err12 = { instancePath: instancePath + "/icons/" + i0 + "/mimeType", schemaPath: "#/definitions/Icon/properties/mimeType/enum", keyword: "enum", params: { allowedValues: schema13.properties.mimeType.enum }, message: "must be equal to one of the allowed values" };
                vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
              }
            }
            if (data5.sizes !== void 0) {
              let data7 = data5.sizes;
              if (Array.isArray(data7)) {
                let len1 = data7.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data8 = data7[i1];
                  if (typeof data8 == "string") {
                    if (!pattern0.test(data8)) {
                      let err13 = { instancePath: instancePath + "/icons/" + i0 + "/sizes/" + i1, schemaPath: "#/definitions/Icon/properties/sizes/items/pattern", keyword: "pattern", params: { pattern: "^(\\d+x\\d+|any)$" }, message: 'must match pattern "^(\\d+x\\d+|any)$"' };
                      vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
                    }
                  } else {
                    let err14 = { instancePath: instancePath + "/icons/" + i0 + "/sizes/" + i1, schemaPath: "#/definitions/Icon/properties/sizes/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
                  }
                }
              } else {
                let err15 = { instancePath: instancePath + "/icons/" + i0 + "/sizes", schemaPath: "#/definitions/Icon/properties/sizes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
              }
            }
            if (data5.src !== void 0) {
              let data9 = data5.src;
              if (typeof data9 == "string") {
                if (func2(data9) > 255) {
                  let err16 = { instancePath: instancePath + "/icons/" + i0 + "/src", schemaPath: "#/definitions/Icon/properties/src/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                  vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
                }
                if (!formats0.test(data9)) {
                  let err17 = { instancePath: instancePath + "/icons/" + i0 + "/src", schemaPath: "#/definitions/Icon/properties/src/format", keyword: "format", params: { format: "uri" }, message: 'must match format "uri"' };
                  vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
                }
              } else {
                let err18 = { instancePath: instancePath + "/icons/" + i0 + "/src", schemaPath: "#/definitions/Icon/properties/src/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
              }
            }
            if (data5.theme !== void 0) {
              let data10 = data5.theme;
              if (typeof data10 != "string") {
                let err19 = { instancePath: instancePath + "/icons/" + i0 + "/theme", schemaPath: "#/definitions/Icon/properties/theme/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
              }
              if (!(data10 === "light" || data10 === "dark")) {
                let err20 = { instancePath: instancePath + "/icons/" + i0 + "/theme", schemaPath: "#/definitions/Icon/properties/theme/enum", keyword: "enum", params: { allowedValues: schema13.properties.theme.enum }, message: "must be equal to one of the allowed values" };
                vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
              }
            }
          } else {
            let err21 = { instancePath: instancePath + "/icons/" + i0, schemaPath: "#/definitions/Icon/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
          }
        }
      } else {
        let err22 = { instancePath: instancePath + "/icons", schemaPath: "#/definitions/ServerDetail/properties/icons/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
    if (data.name !== void 0) {
      let data11 = data.name;
      if (typeof data11 == "string") {
        if (func2(data11) > 200) {
          let err23 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
          vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
        }
        if (func2(data11) < 3) {
          let err24 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/minLength", keyword: "minLength", params: { limit: 3 }, message: "must NOT have fewer than 3 characters" };
          vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
        }
        if (!pattern1.test(data11)) {
          let err25 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" }, message: 'must match pattern "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$"' };
          vErrors === null ? vErrors = [err25] : vErrors.push(err25), errors++;
        }
      } else {
        let err26 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/ServerDetail/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err26] : vErrors.push(err26), errors++;
      }
    }
    if (data.packages !== void 0) {
      let data12 = data.packages;
      if (Array.isArray(data12)) {
        let len2 = data12.length;
        for (let i2 = 0; i2 < len2; i2++)
          validate12(data12[i2], { instancePath: instancePath + "/packages/" + i2, parentData: data12, parentDataProperty: i2, rootData }) || (vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors), errors = vErrors.length);
      } else {
        let err27 = { instancePath: instancePath + "/packages", schemaPath: "#/definitions/ServerDetail/properties/packages/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err27] : vErrors.push(err27), errors++;
      }
    }
    if (data.remotes !== void 0) {
      let data14 = data.remotes;
      if (Array.isArray(data14)) {
        let len3 = data14.length;
        for (let i3 = 0; i3 < len3; i3++)
          validate35(data14[i3], { instancePath: instancePath + "/remotes/" + i3, parentData: data14, parentDataProperty: i3, rootData }) || (vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors), errors = vErrors.length);
      } else {
        let err28 = { instancePath: instancePath + "/remotes", schemaPath: "#/definitions/ServerDetail/properties/remotes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        vErrors === null ? vErrors = [err28] : vErrors.push(err28), errors++;
      }
    }
    if (data.repository !== void 0) {
      let data16 = data.repository;
      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
        if (data16.url === void 0) {
          let err29 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'" };
          vErrors === null ? vErrors = [err29] : vErrors.push(err29), errors++;
        }
        if (data16.source === void 0) {
          let err30 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'" };
          vErrors === null ? vErrors = [err30] : vErrors.push(err30), errors++;
        }
        if (data16.id !== void 0 && typeof data16.id != "string") {
          let err31 = { instancePath: instancePath + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          vErrors === null ? vErrors = [err31] : vErrors.push(err31), errors++;
        }
        if (data16.source !== void 0 && typeof data16.source != "string") {
          let err32 = { instancePath: instancePath + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          vErrors === null ? vErrors = [err32] : vErrors.push(err32), errors++;
        }
        if (data16.subfolder !== void 0 && typeof data16.subfolder != "string") {
          let err33 = { instancePath: instancePath + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          vErrors === null ? vErrors = [err33] : vErrors.push(err33), errors++;
        }
        if (data16.url !== void 0) {
          let data20 = data16.url;
          if (typeof data20 == "string") {
            if (!formats0.test(data20)) {
              let err34 = { instancePath: instancePath + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" }, message: 'must match format "uri"' };
              vErrors === null ? vErrors = [err34] : vErrors.push(err34), errors++;
            }
          } else {
            let err35 = { instancePath: instancePath + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            vErrors === null ? vErrors = [err35] : vErrors.push(err35), errors++;
          }
        }
      } else {
        let err36 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        vErrors === null ? vErrors = [err36] : vErrors.push(err36), errors++;
      }
    }
    if (data.title !== void 0) {
      let data21 = data.title;
      if (typeof data21 == "string") {
        if (func2(data21) > 100) {
          let err37 = { instancePath: instancePath + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters" };
          vErrors === null ? vErrors = [err37] : vErrors.push(err37), errors++;
        }
        if (func2(data21) < 1) {
          let err38 = { instancePath: instancePath + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          vErrors === null ? vErrors = [err38] : vErrors.push(err38), errors++;
        }
      } else {
        let err39 = { instancePath: instancePath + "/title", schemaPath: "#/definitions/ServerDetail/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err39] : vErrors.push(err39), errors++;
      }
    }
    if (data.version !== void 0) {
      let data22 = data.version;
      if (typeof data22 == "string") {
        if (func2(data22) > 255) {
          let err40 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
          vErrors === null ? vErrors = [err40] : vErrors.push(err40), errors++;
        }
      } else {
        let err41 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/ServerDetail/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err41] : vErrors.push(err41), errors++;
      }
    }
    if (data.websiteUrl !== void 0) {
      let data23 = data.websiteUrl;
      if (typeof data23 == "string") {
        if (!formats0.test(data23)) {
          let err42 = { instancePath: instancePath + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/format", keyword: "format", params: { format: "uri" }, message: 'must match format "uri"' };
          vErrors === null ? vErrors = [err42] : vErrors.push(err42), errors++;
        }
      } else {
        let err43 = { instancePath: instancePath + "/websiteUrl", schemaPath: "#/definitions/ServerDetail/properties/websiteUrl/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        vErrors === null ? vErrors = [err43] : vErrors.push(err43), errors++;
      }
    }
  } else {
    let err44 = { instancePath, schemaPath: "#/definitions/ServerDetail/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    vErrors === null ? vErrors = [err44] : vErrors.push(err44), errors++;
  }
  return validate11.errors = vErrors, errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  return validate11(data, { instancePath, parentData, parentDataProperty, rootData }) || (vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors), errors = vErrors.length), validate10.errors = vErrors, errors === 0;
}
export {
  validate
};
