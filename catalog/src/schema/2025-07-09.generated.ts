// Generated from 2025-07-09.json by `npm run generate`; do not edit.
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
function joined(errors, more) {
  if (errors === null) return more;
  for (let error of more) errors.push(error);
  return errors;
}
var validate = validate10;
var schema13 = { type: "object", required: ["name", "description", "version"], properties: { name: { type: "string", pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", minLength: 3, maxLength: 200 }, description: { type: "string", minLength: 1, maxLength: 100 }, status: { type: "string", enum: ["active", "deprecated", "deleted"] }, repository: { $ref: "#/definitions/Repository" }, version: { type: "string", maxLength: 255 }, website_url: { type: "string", format: "uri" } } };
var func2 = require_ucs2length().default, pattern0 = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), formats0 = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
function validate12(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "name" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.description === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "description" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.version === void 0) {
      let err2 = { instancePath, schemaPath: "#/definitions/Server/required", keyword: "required", params: { missingProperty: "version" } };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 == "string") {
        if (func2(data0) > 200) {
          let err3 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/Server/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } };
          vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
        }
        if (func2(data0) < 3) {
          let err4 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/Server/properties/name/minLength", keyword: "minLength", params: { limit: 3 } };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
        if (!pattern0.test(data0)) {
          let err5 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/Server/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" } };
          vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
        }
      } else {
        let err6 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/Server/properties/name/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
    if (data.description !== void 0) {
      let data1 = data.description;
      if (typeof data1 == "string") {
        if (func2(data1) > 100) {
          let err7 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/Server/properties/description/maxLength", keyword: "maxLength", params: { limit: 100 } };
          vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
        }
        if (func2(data1) < 1) {
          let err8 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/Server/properties/description/minLength", keyword: "minLength", params: { limit: 1 } };
          vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
        }
      } else {
        let err9 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/Server/properties/description/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
    }
    if (data.status !== void 0) {
      let data2 = data.status;
      if (typeof data2 != "string") {
        let err10 = { instancePath: instancePath + "/status", schemaPath: "#/definitions/Server/properties/status/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      }
      if (!(data2 === "active" || data2 === "deprecated" || data2 === "deleted")) {
        let err11 = { instancePath: instancePath + "/status", schemaPath: "#/definitions/Server/properties/status/enum", keyword: "enum", params: { allowedValues: schema13.properties.status.enum } };
        vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
      }
    }
    if (data.repository !== void 0) {
      let data3 = data.repository;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        if (data3.url === void 0) {
          let err12 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "url" } };
          vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
        }
        if (data3.source === void 0) {
          let err13 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/required", keyword: "required", params: { missingProperty: "source" } };
          vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
        }
        if (data3.url !== void 0) {
          let data4 = data3.url;
          if (typeof data4 == "string") {
            if (!formats0.test(data4)) {
              let err14 = { instancePath: instancePath + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/format", keyword: "format", params: { format: "uri" } };
              vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
            }
          } else {
            let err15 = { instancePath: instancePath + "/repository/url", schemaPath: "#/definitions/Repository/properties/url/type", keyword: "type", params: { type: "string" } };
            vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
          }
        }
        if (data3.source !== void 0 && typeof data3.source != "string") {
          let err16 = { instancePath: instancePath + "/repository/source", schemaPath: "#/definitions/Repository/properties/source/type", keyword: "type", params: { type: "string" } };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (data3.id !== void 0 && typeof data3.id != "string") {
          let err17 = { instancePath: instancePath + "/repository/id", schemaPath: "#/definitions/Repository/properties/id/type", keyword: "type", params: { type: "string" } };
          vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
        }
        if (data3.subfolder !== void 0 && typeof data3.subfolder != "string") {
          let err18 = { instancePath: instancePath + "/repository/subfolder", schemaPath: "#/definitions/Repository/properties/subfolder/type", keyword: "type", params: { type: "string" } };
          vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
        }
      } else {
        let err19 = { instancePath: instancePath + "/repository", schemaPath: "#/definitions/Repository/type", keyword: "type", params: { type: "object" } };
        vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
      }
    }
    if (data.version !== void 0) {
      let data8 = data.version;
      if (typeof data8 == "string") {
        if (func2(data8) > 255) {
          let err20 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Server/properties/version/maxLength", keyword: "maxLength", params: { limit: 255 } };
          vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
        }
      } else {
        let err21 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Server/properties/version/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.website_url !== void 0) {
      let data9 = data.website_url;
      if (typeof data9 == "string") {
        if (!formats0.test(data9)) {
          let err22 = { instancePath: instancePath + "/website_url", schemaPath: "#/definitions/Server/properties/website_url/format", keyword: "format", params: { format: "uri" } };
          vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
        }
      } else {
        let err23 = { instancePath: instancePath + "/website_url", schemaPath: "#/definitions/Server/properties/website_url/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
    }
  } else {
    let err24 = { instancePath, schemaPath: "#/definitions/Server/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
  }
  return validate12.errors = vErrors, errors === 0;
}
var schema15 = { type: "object", additionalProperties: !1, required: ["registry_type", "identifier", "version", "transport"], properties: { registry_type: { type: "string" }, registry_base_url: { type: "string", format: "uri" }, identifier: { type: "string" }, version: { type: "string", not: { const: "latest" }, minLength: 1 }, file_sha256: { type: "string", pattern: "^[a-f0-9]{64}$" }, runtime_hint: { type: "string" }, transport: { anyOf: [{ $ref: "#/definitions/StdioTransport" }, { $ref: "#/definitions/StreamableHttpTransport" }, { $ref: "#/definitions/SseTransport" }] }, runtime_arguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, package_arguments: { type: "array", items: { $ref: "#/definitions/Argument" } }, environment_variables: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } }, schema16 = { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["stdio"] } } }, func7 = Object.prototype.hasOwnProperty, pattern1 = new RegExp("^[a-f0-9]{64}$", "u"), schema17 = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["streamable-http"] }, url: { type: "string" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
var schema20 = { type: "object", properties: { description: { type: "string" }, is_required: { type: "boolean" }, format: { type: "string", enum: ["string", "number", "boolean", "filepath"] }, value: { type: "string" }, is_secret: { type: "boolean" }, default: { type: "string" }, choices: { type: "array", items: { type: "string" } } } };
function validate17(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.description !== void 0 && typeof data.description != "string") {
      let err0 = { instancePath: instancePath + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.is_required !== void 0 && typeof data.is_required != "boolean") {
      let err1 = { instancePath: instancePath + "/is_required", schemaPath: "#/definitions/Input/properties/is_required/type", keyword: "type", params: { type: "boolean" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.format !== void 0) {
      let data2 = data.format;
      if (typeof data2 != "string") {
        let err2 = { instancePath: instancePath + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (!(data2 === "string" || data2 === "number" || data2 === "boolean" || data2 === "filepath")) {
        let err3 = { instancePath: instancePath + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: schema20.properties.format.enum } };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.value !== void 0 && typeof data.value != "string") {
      let err4 = { instancePath: instancePath + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.is_secret !== void 0 && typeof data.is_secret != "boolean") {
      let err5 = { instancePath: instancePath + "/is_secret", schemaPath: "#/definitions/Input/properties/is_secret/type", keyword: "type", params: { type: "boolean" } };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.default !== void 0 && typeof data.default != "string") {
      let err6 = { instancePath: instancePath + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.choices !== void 0) {
      let data6 = data.choices;
      if (Array.isArray(data6)) {
        let len0 = data6.length;
        for (let i0 = 0; i0 < len0; i0++)
          if (typeof data6[i0] != "string") {
            let err7 = { instancePath: instancePath + "/choices/" + i0, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
            vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
          }
      } else {
        let err8 = { instancePath: instancePath + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
      }
    }
  } else {
    let err9 = { instancePath, schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.variables !== void 0) {
      let data8 = data.variables;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8))
        for (let key0 in data8) {
          let data9 = data8[key0];
          if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
            if (data9.description !== void 0 && typeof data9.description != "string") {
              let err10 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/Input/properties/description/type", keyword: "type", params: { type: "string" } };
              vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
            }
            if (data9.is_required !== void 0 && typeof data9.is_required != "boolean") {
              let err11 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/is_required", schemaPath: "#/definitions/Input/properties/is_required/type", keyword: "type", params: { type: "boolean" } };
              vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
            }
            if (data9.format !== void 0) {
              let data12 = data9.format;
              if (typeof data12 != "string") {
                let err12 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/type", keyword: "type", params: { type: "string" } };
                vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
              }
              if (!(data12 === "string" || data12 === "number" || data12 === "boolean" || data12 === "filepath")) {
                let err13 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/format", schemaPath: "#/definitions/Input/properties/format/enum", keyword: "enum", params: { allowedValues: schema20.properties.format.enum } };
                vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
              }
            }
            if (data9.value !== void 0 && typeof data9.value != "string") {
              let err14 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/definitions/Input/properties/value/type", keyword: "type", params: { type: "string" } };
              vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
            }
            if (data9.is_secret !== void 0 && typeof data9.is_secret != "boolean") {
              let err15 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/is_secret", schemaPath: "#/definitions/Input/properties/is_secret/type", keyword: "type", params: { type: "boolean" } };
              vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
            }
            if (data9.default !== void 0 && typeof data9.default != "string") {
              let err16 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/default", schemaPath: "#/definitions/Input/properties/default/type", keyword: "type", params: { type: "string" } };
              vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
            }
            if (data9.choices !== void 0) {
              let data16 = data9.choices;
              if (Array.isArray(data16)) {
                let len1 = data16.length;
                for (let i1 = 0; i1 < len1; i1++)
                  if (typeof data16[i1] != "string") {
                    let err17 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices/" + i1, schemaPath: "#/definitions/Input/properties/choices/items/type", keyword: "type", params: { type: "string" } };
                    vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
                  }
              } else {
                let err18 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/choices", schemaPath: "#/definitions/Input/properties/choices/type", keyword: "type", params: { type: "array" } };
                vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
              }
            }
          } else {
            let err19 = { instancePath: instancePath + "/variables/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/Input/type", keyword: "type", params: { type: "object" } };
            vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
          }
        }
      else {
        let err20 = { instancePath: instancePath + "/variables", schemaPath: "#/definitions/InputWithVariables/allOf/1/properties/variables/type", keyword: "type", params: { type: "object" } };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
  } else {
    let err21 = { instancePath, schemaPath: "#/definitions/InputWithVariables/allOf/1/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
  }
  return validate17.errors = vErrors, errors === 0;
}
function validate16(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (validate17(data, { instancePath }) || (vErrors = joined(vErrors, validate17.errors), errors = vErrors.length), data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/KeyValueInput/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.name !== void 0 && typeof data.name != "string") {
      let err1 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/KeyValueInput/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
  } else {
    let err2 = { instancePath, schemaPath: "#/definitions/KeyValueInput/allOf/1/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  return validate16.errors = vErrors, errors === 0;
}
function validate15(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "type" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.url === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/required", keyword: "required", params: { missingProperty: "url" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (data0 !== "streamable-http") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/StreamableHttpTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema17.properties.type.enum } };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.url !== void 0 && typeof data.url != "string") {
      let err4 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/StreamableHttpTransport/properties/url/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.headers !== void 0) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        let len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate16(data2[i0], { instancePath: instancePath + "/headers/" + i0 }) || (vErrors = joined(vErrors, validate16.errors), errors = vErrors.length);
      } else {
        let err5 = { instancePath: instancePath + "/headers", schemaPath: "#/definitions/StreamableHttpTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
  } else {
    let err6 = { instancePath, schemaPath: "#/definitions/StreamableHttpTransport/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
  }
  return validate15.errors = vErrors, errors === 0;
}
var schema22 = { type: "object", required: ["type", "url"], properties: { type: { type: "string", enum: ["sse"] }, url: { type: "string", format: "uri" }, headers: { type: "array", items: { $ref: "#/definitions/KeyValueInput" } } } };
function validate21(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "type" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.url === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/SseTransport/required", keyword: "required", params: { missingProperty: "url" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/SseTransport/properties/type/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (data0 !== "sse") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/SseTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema22.properties.type.enum } };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.url !== void 0) {
      let data1 = data.url;
      if (typeof data1 == "string") {
        if (!formats0.test(data1)) {
          let err4 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/SseTransport/properties/url/format", keyword: "format", params: { format: "uri" } };
          vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
        }
      } else {
        let err5 = { instancePath: instancePath + "/url", schemaPath: "#/definitions/SseTransport/properties/url/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.headers !== void 0) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        let len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate16(data2[i0], { instancePath: instancePath + "/headers/" + i0 }) || (vErrors = joined(vErrors, validate16.errors), errors = vErrors.length);
      } else {
        let err6 = { instancePath: instancePath + "/headers", schemaPath: "#/definitions/SseTransport/properties/headers/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
      }
    }
  } else {
    let err7 = { instancePath, schemaPath: "#/definitions/SseTransport/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
  }
  return validate21.errors = vErrors, errors === 0;
}
var schema24 = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["positional"] }, value_hint: { type: "string" }, is_repeated: { type: "boolean" } }, anyOf: [{ required: ["value_hint"] }, { required: ["value"] }] }] };
function validate25(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  validate17(data, { instancePath }) || (vErrors = joined(vErrors, validate17.errors), errors = vErrors.length);
  let _errs3 = errors, valid1 = !1, _errs4 = errors;
  if (data && typeof data == "object" && !Array.isArray(data) && data.value_hint === void 0) {
    let err0 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/0/required", keyword: "required", params: { missingProperty: "value_hint" } };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  var _valid0 = _errs4 === errors;
  if (valid1 = valid1 || _valid0, !valid1) {
    let _errs5 = errors;
    if (data && typeof data == "object" && !Array.isArray(data) && data.value === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf/1/required", keyword: "required", params: { missingProperty: "value" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    var _valid0 = _errs5 === errors;
    valid1 = valid1 || _valid0;
  }
  if (valid1)
    errors = _errs3, vErrors !== null && (_errs3 ? vErrors.length = _errs3 : vErrors = null);
  else {
    let err2 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/anyOf", keyword: "anyOf", params: {} };
    vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err3 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err4 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
      if (data0 !== "positional") {
        let err5 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema24.allOf[1].properties.type.enum } };
        vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
      }
    }
    if (data.value_hint !== void 0 && typeof data.value_hint != "string") {
      let err6 = { instancePath: instancePath + "/value_hint", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/value_hint/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
    }
    if (data.is_repeated !== void 0 && typeof data.is_repeated != "boolean") {
      let err7 = { instancePath: instancePath + "/is_repeated", schemaPath: "#/definitions/PositionalArgument/allOf/1/properties/is_repeated/type", keyword: "type", params: { type: "boolean" } };
      vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
    }
  } else {
    let err8 = { instancePath, schemaPath: "#/definitions/PositionalArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
  }
  return validate25.errors = vErrors, errors === 0;
}
var schema25 = { allOf: [{ $ref: "#/definitions/InputWithVariables" }, { type: "object", required: ["type", "name"], properties: { type: { type: "string", enum: ["named"] }, name: { type: "string" }, is_repeated: { type: "boolean" } } }] };
function validate28(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (validate17(data, { instancePath }) || (vErrors = joined(vErrors, validate17.errors), errors = vErrors.length), data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "type" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.name === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/required", keyword: "required", params: { missingProperty: "name" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (typeof data0 != "string") {
        let err2 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
      if (data0 !== "named") {
        let err3 = { instancePath: instancePath + "/type", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema25.allOf[1].properties.type.enum } };
        vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
      }
    }
    if (data.name !== void 0 && typeof data.name != "string") {
      let err4 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/name/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
    }
    if (data.is_repeated !== void 0 && typeof data.is_repeated != "boolean") {
      let err5 = { instancePath: instancePath + "/is_repeated", schemaPath: "#/definitions/NamedArgument/allOf/1/properties/is_repeated/type", keyword: "type", params: { type: "boolean" } };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
  } else {
    let err6 = { instancePath, schemaPath: "#/definitions/NamedArgument/allOf/1/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
  }
  return validate28.errors = vErrors, errors === 0;
}
function validate24(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
  validate25(data, { instancePath }) || (vErrors = joined(vErrors, validate25.errors), errors = vErrors.length);
  var _valid0 = _errs1 === errors;
  if (valid0 = valid0 || _valid0, !valid0) {
    let _errs2 = errors;
    validate28(data, { instancePath }) || (vErrors = joined(vErrors, validate28.errors), errors = vErrors.length);
    var _valid0 = _errs2 === errors;
    valid0 = valid0 || _valid0;
  }
  if (valid0)
    errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
  else {
    let err0 = { instancePath, schemaPath: "#/definitions/Argument/anyOf", keyword: "anyOf", params: {} };
    vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
  }
  return validate24.errors = vErrors, errors === 0;
}
function validate14(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.registry_type === void 0) {
      let err0 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "registry_type" } };
      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
    }
    if (data.identifier === void 0) {
      let err1 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "identifier" } };
      vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
    }
    if (data.version === void 0) {
      let err2 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "version" } };
      vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
    }
    if (data.transport === void 0) {
      let err3 = { instancePath, schemaPath: "#/definitions/Package/required", keyword: "required", params: { missingProperty: "transport" } };
      vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
    }
    for (let key0 in data)
      if (!func7.call(schema15.properties, key0)) {
        let err4 = { instancePath, schemaPath: "#/definitions/Package/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    if (data.registry_type !== void 0 && typeof data.registry_type != "string") {
      let err5 = { instancePath: instancePath + "/registry_type", schemaPath: "#/definitions/Package/properties/registry_type/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
    }
    if (data.registry_base_url !== void 0) {
      let data1 = data.registry_base_url;
      if (typeof data1 == "string") {
        if (!formats0.test(data1)) {
          let err6 = { instancePath: instancePath + "/registry_base_url", schemaPath: "#/definitions/Package/properties/registry_base_url/format", keyword: "format", params: { format: "uri" } };
          vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
        }
      } else {
        let err7 = { instancePath: instancePath + "/registry_base_url", schemaPath: "#/definitions/Package/properties/registry_base_url/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
    if (data.identifier !== void 0 && typeof data.identifier != "string") {
      let err8 = { instancePath: instancePath + "/identifier", schemaPath: "#/definitions/Package/properties/identifier/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
    }
    if (data.version !== void 0) {
      let data3 = data.version, _errs10 = errors, _errs11 = errors;
      if (data3 !== "latest") {
        let err9 = {};
        vErrors === null ? vErrors = [err9] : vErrors.push(err9), errors++;
      }
      var valid1 = _errs11 === errors;
      if (valid1) {
        let err10 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/not", keyword: "not", params: {} };
        vErrors === null ? vErrors = [err10] : vErrors.push(err10), errors++;
      } else
        errors = _errs10, vErrors !== null && (_errs10 ? vErrors.length = _errs10 : vErrors = null);
      if (typeof data3 == "string") {
        if (func2(data3) < 1) {
          let err11 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/minLength", keyword: "minLength", params: { limit: 1 } };
          vErrors === null ? vErrors = [err11] : vErrors.push(err11), errors++;
        }
      } else {
        let err12 = { instancePath: instancePath + "/version", schemaPath: "#/definitions/Package/properties/version/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err12] : vErrors.push(err12), errors++;
      }
    }
    if (data.file_sha256 !== void 0) {
      let data4 = data.file_sha256;
      if (typeof data4 == "string") {
        if (!pattern1.test(data4)) {
          let err13 = { instancePath: instancePath + "/file_sha256", schemaPath: "#/definitions/Package/properties/file_sha256/pattern", keyword: "pattern", params: { pattern: "^[a-f0-9]{64}$" } };
          vErrors === null ? vErrors = [err13] : vErrors.push(err13), errors++;
        }
      } else {
        let err14 = { instancePath: instancePath + "/file_sha256", schemaPath: "#/definitions/Package/properties/file_sha256/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err14] : vErrors.push(err14), errors++;
      }
    }
    if (data.runtime_hint !== void 0 && typeof data.runtime_hint != "string") {
      let err15 = { instancePath: instancePath + "/runtime_hint", schemaPath: "#/definitions/Package/properties/runtime_hint/type", keyword: "type", params: { type: "string" } };
      vErrors === null ? vErrors = [err15] : vErrors.push(err15), errors++;
    }
    if (data.transport !== void 0) {
      let data6 = data.transport, _errs17 = errors, valid2 = !1, _errs18 = errors;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        if (data6.type === void 0) {
          let err16 = { instancePath: instancePath + "/transport", schemaPath: "#/definitions/StdioTransport/required", keyword: "required", params: { missingProperty: "type" } };
          vErrors === null ? vErrors = [err16] : vErrors.push(err16), errors++;
        }
        if (data6.type !== void 0) {
          let data7 = data6.type;
          if (typeof data7 != "string") {
            let err17 = { instancePath: instancePath + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/type", keyword: "type", params: { type: "string" } };
            vErrors === null ? vErrors = [err17] : vErrors.push(err17), errors++;
          }
          if (data7 !== "stdio") {
            let err18 = { instancePath: instancePath + "/transport/type", schemaPath: "#/definitions/StdioTransport/properties/type/enum", keyword: "enum", params: { allowedValues: schema16.properties.type.enum } };
            vErrors === null ? vErrors = [err18] : vErrors.push(err18), errors++;
          }
        }
      } else {
        let err19 = { instancePath: instancePath + "/transport", schemaPath: "#/definitions/StdioTransport/type", keyword: "type", params: { type: "object" } };
        vErrors === null ? vErrors = [err19] : vErrors.push(err19), errors++;
      }
      var _valid0 = _errs18 === errors;
      if (valid2 = valid2 || _valid0, !valid2) {
        let _errs23 = errors;
        validate15(data6, { instancePath: instancePath + "/transport" }) || (vErrors = joined(vErrors, validate15.errors), errors = vErrors.length);
        var _valid0 = _errs23 === errors;
        if (valid2 = valid2 || _valid0, !valid2) {
          let _errs24 = errors;
          validate21(data6, { instancePath: instancePath + "/transport" }) || (vErrors = joined(vErrors, validate21.errors), errors = vErrors.length);
          var _valid0 = _errs24 === errors;
          valid2 = valid2 || _valid0;
        }
      }
      if (valid2)
        errors = _errs17, vErrors !== null && (_errs17 ? vErrors.length = _errs17 : vErrors = null);
      else {
        let err20 = { instancePath: instancePath + "/transport", schemaPath: "#/definitions/Package/properties/transport/anyOf", keyword: "anyOf", params: {} };
        vErrors === null ? vErrors = [err20] : vErrors.push(err20), errors++;
      }
    }
    if (data.runtime_arguments !== void 0) {
      let data8 = data.runtime_arguments;
      if (Array.isArray(data8)) {
        let len0 = data8.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate24(data8[i0], { instancePath: instancePath + "/runtime_arguments/" + i0 }) || (vErrors = joined(vErrors, validate24.errors), errors = vErrors.length);
      } else {
        let err21 = { instancePath: instancePath + "/runtime_arguments", schemaPath: "#/definitions/Package/properties/runtime_arguments/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err21] : vErrors.push(err21), errors++;
      }
    }
    if (data.package_arguments !== void 0) {
      let data10 = data.package_arguments;
      if (Array.isArray(data10)) {
        let len1 = data10.length;
        for (let i1 = 0; i1 < len1; i1++)
          validate24(data10[i1], { instancePath: instancePath + "/package_arguments/" + i1 }) || (vErrors = joined(vErrors, validate24.errors), errors = vErrors.length);
      } else {
        let err22 = { instancePath: instancePath + "/package_arguments", schemaPath: "#/definitions/Package/properties/package_arguments/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err22] : vErrors.push(err22), errors++;
      }
    }
    if (data.environment_variables !== void 0) {
      let data12 = data.environment_variables;
      if (Array.isArray(data12)) {
        let len2 = data12.length;
        for (let i2 = 0; i2 < len2; i2++)
          validate16(data12[i2], { instancePath: instancePath + "/environment_variables/" + i2 }) || (vErrors = joined(vErrors, validate16.errors), errors = vErrors.length);
      } else {
        let err23 = { instancePath: instancePath + "/environment_variables", schemaPath: "#/definitions/Package/properties/environment_variables/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err23] : vErrors.push(err23), errors++;
      }
    }
  } else {
    let err24 = { instancePath, schemaPath: "#/definitions/Package/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err24] : vErrors.push(err24), errors++;
  }
  return validate14.errors = vErrors, errors === 0;
}
function validate11(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  if (validate12(data, { instancePath }) || (vErrors = joined(vErrors, validate12.errors), errors = vErrors.length), data && typeof data == "object" && !Array.isArray(data)) {
    if (data.$schema !== void 0) {
      let data0 = data.$schema;
      if (typeof data0 == "string") {
        if (!formats0.test(data0)) {
          let err0 = { instancePath: instancePath + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/format", keyword: "format", params: { format: "uri" } };
          vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
        }
      } else {
        let err1 = { instancePath: instancePath + "/$schema", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/%24schema/type", keyword: "type", params: { type: "string" } };
        vErrors === null ? vErrors = [err1] : vErrors.push(err1), errors++;
      }
    }
    if (data.packages !== void 0) {
      let data1 = data.packages;
      if (Array.isArray(data1)) {
        let len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++)
          validate14(data1[i0], { instancePath: instancePath + "/packages/" + i0 }) || (vErrors = joined(vErrors, validate14.errors), errors = vErrors.length);
      } else {
        let err2 = { instancePath: instancePath + "/packages", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/packages/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err2] : vErrors.push(err2), errors++;
      }
    }
    if (data.remotes !== void 0) {
      let data3 = data.remotes;
      if (Array.isArray(data3)) {
        let len1 = data3.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data4 = data3[i1], _errs11 = errors, valid6 = !1, _errs12 = errors;
          validate15(data4, { instancePath: instancePath + "/remotes/" + i1 }) || (vErrors = joined(vErrors, validate15.errors), errors = vErrors.length);
          var _valid0 = _errs12 === errors;
          if (valid6 = valid6 || _valid0, !valid6) {
            let _errs13 = errors;
            validate21(data4, { instancePath: instancePath + "/remotes/" + i1 }) || (vErrors = joined(vErrors, validate21.errors), errors = vErrors.length);
            var _valid0 = _errs13 === errors;
            valid6 = valid6 || _valid0;
          }
          if (valid6)
            errors = _errs11, vErrors !== null && (_errs11 ? vErrors.length = _errs11 : vErrors = null);
          else {
            let err3 = { instancePath: instancePath + "/remotes/" + i1, schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/items/anyOf", keyword: "anyOf", params: {} };
            vErrors === null ? vErrors = [err3] : vErrors.push(err3), errors++;
          }
        }
      } else {
        let err4 = { instancePath: instancePath + "/remotes", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/remotes/type", keyword: "type", params: { type: "array" } };
        vErrors === null ? vErrors = [err4] : vErrors.push(err4), errors++;
      }
    }
    if (data._meta !== void 0) {
      let data5 = data._meta;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        if (data5["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
          let data6 = data5["io.modelcontextprotocol.registry/publisher-provided"];
          if (!(data6 && typeof data6 == "object" && !Array.isArray(data6))) {
            let err5 = { instancePath: instancePath + "/_meta/io.modelcontextprotocol.registry~1publisher-provided", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/properties/io.modelcontextprotocol.registry~1publisher-provided/type", keyword: "type", params: { type: "object" } };
            vErrors === null ? vErrors = [err5] : vErrors.push(err5), errors++;
          }
        }
        if (data5["io.modelcontextprotocol.registry/official"] !== void 0) {
          let data7 = data5["io.modelcontextprotocol.registry/official"];
          if (!(data7 && typeof data7 == "object" && !Array.isArray(data7))) {
            let err6 = { instancePath: instancePath + "/_meta/io.modelcontextprotocol.registry~1official", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/properties/io.modelcontextprotocol.registry~1official/type", keyword: "type", params: { type: "object" } };
            vErrors === null ? vErrors = [err6] : vErrors.push(err6), errors++;
          }
        }
      } else {
        let err7 = { instancePath: instancePath + "/_meta", schemaPath: "#/definitions/ServerDetail/allOf/1/properties/_meta/type", keyword: "type", params: { type: "object" } };
        vErrors === null ? vErrors = [err7] : vErrors.push(err7), errors++;
      }
    }
  } else {
    let err8 = { instancePath, schemaPath: "#/definitions/ServerDetail/allOf/1/type", keyword: "type", params: { type: "object" } };
    vErrors === null ? vErrors = [err8] : vErrors.push(err8), errors++;
  }
  return validate11.errors = vErrors, errors === 0;
}
function validate10(data, { instancePath = "" } = {}) {
  let vErrors = null, errors = 0;
  return validate11(data, { instancePath }) || (vErrors = joined(vErrors, validate11.errors), errors = vErrors.length), validate10.errors = vErrors, errors === 0;
}
var isValid = (() => {
  "use strict";
  let func22 = require_ucs2length().default, pattern02 = new RegExp("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "u"), formats02 = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;
  function validate122(data) {
    let vErrors = null, errors = 0;
    if (errors === 0)
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.name === void 0 && (missing0 = "name") || data.description === void 0 && (missing0 = "description") || data.version === void 0 && (missing0 = "version"))
          return validate122.errors = [0], !1;
        if (data.name !== void 0) {
          let data0 = data.name, _errs1 = errors;
          if (errors === _errs1)
            if (typeof data0 == "string") {
              if (data0.length > 200 && func22(data0) > 200)
                return validate122.errors = [0], !1;
              if (data0.length < 6 && func22(data0) < 3)
                return validate122.errors = [0], !1;
              if (!pattern02.test(data0))
                return validate122.errors = [0], !1;
            } else
              return validate122.errors = [0], !1;
          var valid0 = _errs1 === errors;
        } else
          var valid0 = !0;
        if (valid0) {
          if (data.description !== void 0) {
            let data1 = data.description, _errs3 = errors;
            if (errors === _errs3)
              if (typeof data1 == "string") {
                if (data1.length > 100 && func22(data1) > 100)
                  return validate122.errors = [0], !1;
                if (data1.length < 2 && func22(data1) < 1)
                  return validate122.errors = [0], !1;
              } else
                return validate122.errors = [0], !1;
            var valid0 = _errs3 === errors;
          } else
            var valid0 = !0;
          if (valid0) {
            if (data.status !== void 0) {
              let data2 = data.status, _errs5 = errors;
              if (typeof data2 != "string")
                return validate122.errors = [0], !1;
              if (!(data2 === "active" || data2 === "deprecated" || data2 === "deleted"))
                return validate122.errors = [0], !1;
              var valid0 = _errs5 === errors;
            } else
              var valid0 = !0;
            if (valid0) {
              if (data.repository !== void 0) {
                let data3 = data.repository, _errs7 = errors;
                if (errors === errors)
                  if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                    let missing1;
                    if (data3.url === void 0 && (missing1 = "url") || data3.source === void 0 && (missing1 = "source"))
                      return validate122.errors = [0], !1;
                    if (data3.url !== void 0) {
                      let data4 = data3.url, _errs10 = errors;
                      if (errors === _errs10 && errors === _errs10)
                        if (typeof data4 == "string") {
                          if (!formats02.test(data4))
                            return validate122.errors = [0], !1;
                        } else
                          return validate122.errors = [0], !1;
                      var valid2 = _errs10 === errors;
                    } else
                      var valid2 = !0;
                    if (valid2) {
                      if (data3.source !== void 0) {
                        let _errs12 = errors;
                        if (typeof data3.source != "string")
                          return validate122.errors = [0], !1;
                        var valid2 = _errs12 === errors;
                      } else
                        var valid2 = !0;
                      if (valid2) {
                        if (data3.id !== void 0) {
                          let _errs14 = errors;
                          if (typeof data3.id != "string")
                            return validate122.errors = [0], !1;
                          var valid2 = _errs14 === errors;
                        } else
                          var valid2 = !0;
                        if (valid2)
                          if (data3.subfolder !== void 0) {
                            let _errs16 = errors;
                            if (typeof data3.subfolder != "string")
                              return validate122.errors = [0], !1;
                            var valid2 = _errs16 === errors;
                          } else
                            var valid2 = !0;
                      }
                    }
                  } else
                    return validate122.errors = [0], !1;
                var valid0 = _errs7 === errors;
              } else
                var valid0 = !0;
              if (valid0) {
                if (data.version !== void 0) {
                  let data8 = data.version, _errs18 = errors;
                  if (errors === _errs18)
                    if (typeof data8 == "string") {
                      if (data8.length > 255 && func22(data8) > 255)
                        return validate122.errors = [0], !1;
                    } else
                      return validate122.errors = [0], !1;
                  var valid0 = _errs18 === errors;
                } else
                  var valid0 = !0;
                if (valid0)
                  if (data.website_url !== void 0) {
                    let data9 = data.website_url, _errs20 = errors;
                    if (errors === _errs20 && errors === _errs20)
                      if (typeof data9 == "string") {
                        if (!formats02.test(data9))
                          return validate122.errors = [0], !1;
                      } else
                        return validate122.errors = [0], !1;
                    var valid0 = _errs20 === errors;
                  } else
                    var valid0 = !0;
              }
            }
          }
        }
      } else
        return validate122.errors = [0], !1;
    return validate122.errors = vErrors, errors === 0;
  }
  let func72 = Object.prototype.hasOwnProperty, pattern12 = new RegExp("^[a-f0-9]{64}$", "u");
  function validate172(data) {
    let vErrors = null, errors = 0, _errs0 = errors;
    if (errors === errors)
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.description !== void 0) {
          let _errs3 = errors;
          if (typeof data.description != "string")
            return validate172.errors = [0], !1;
          var valid2 = _errs3 === errors;
        } else
          var valid2 = !0;
        if (valid2) {
          if (data.is_required !== void 0) {
            let _errs5 = errors;
            if (typeof data.is_required != "boolean")
              return validate172.errors = [0], !1;
            var valid2 = _errs5 === errors;
          } else
            var valid2 = !0;
          if (valid2) {
            if (data.format !== void 0) {
              let data2 = data.format, _errs7 = errors;
              if (typeof data2 != "string")
                return validate172.errors = [0], !1;
              if (!(data2 === "string" || data2 === "number" || data2 === "boolean" || data2 === "filepath"))
                return validate172.errors = [0], !1;
              var valid2 = _errs7 === errors;
            } else
              var valid2 = !0;
            if (valid2) {
              if (data.value !== void 0) {
                let _errs9 = errors;
                if (typeof data.value != "string")
                  return validate172.errors = [0], !1;
                var valid2 = _errs9 === errors;
              } else
                var valid2 = !0;
              if (valid2) {
                if (data.is_secret !== void 0) {
                  let _errs11 = errors;
                  if (typeof data.is_secret != "boolean")
                    return validate172.errors = [0], !1;
                  var valid2 = _errs11 === errors;
                } else
                  var valid2 = !0;
                if (valid2) {
                  if (data.default !== void 0) {
                    let _errs13 = errors;
                    if (typeof data.default != "string")
                      return validate172.errors = [0], !1;
                    var valid2 = _errs13 === errors;
                  } else
                    var valid2 = !0;
                  if (valid2)
                    if (data.choices !== void 0) {
                      let data6 = data.choices, _errs15 = errors;
                      if (errors === _errs15)
                        if (Array.isArray(data6)) {
                          var valid3 = !0;
                          let len0 = data6.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            let _errs17 = errors;
                            if (typeof data6[i0] != "string")
                              return validate172.errors = [0], !1;
                            var valid3 = _errs17 === errors;
                            if (!valid3)
                              break;
                          }
                        } else
                          return validate172.errors = [0], !1;
                      var valid2 = _errs15 === errors;
                    } else
                      var valid2 = !0;
                }
              }
            }
          }
        }
      } else
        return validate172.errors = [0], !1;
    var valid0 = _errs0 === errors;
    if (valid0) {
      let _errs19 = errors;
      if (errors === _errs19)
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.variables !== void 0) {
            let data8 = data.variables;
            if (errors === errors)
              if (data8 && typeof data8 == "object" && !Array.isArray(data8))
                for (let key0 in data8) {
                  let data9 = data8[key0], _errs24 = errors;
                  if (errors === errors)
                    if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
                      if (data9.description !== void 0) {
                        let _errs27 = errors;
                        if (typeof data9.description != "string")
                          return validate172.errors = [0], !1;
                        var valid7 = _errs27 === errors;
                      } else
                        var valid7 = !0;
                      if (valid7) {
                        if (data9.is_required !== void 0) {
                          let _errs29 = errors;
                          if (typeof data9.is_required != "boolean")
                            return validate172.errors = [0], !1;
                          var valid7 = _errs29 === errors;
                        } else
                          var valid7 = !0;
                        if (valid7) {
                          if (data9.format !== void 0) {
                            let data12 = data9.format, _errs31 = errors;
                            if (typeof data12 != "string")
                              return validate172.errors = [0], !1;
                            if (!(data12 === "string" || data12 === "number" || data12 === "boolean" || data12 === "filepath"))
                              return validate172.errors = [0], !1;
                            var valid7 = _errs31 === errors;
                          } else
                            var valid7 = !0;
                          if (valid7) {
                            if (data9.value !== void 0) {
                              let _errs33 = errors;
                              if (typeof data9.value != "string")
                                return validate172.errors = [0], !1;
                              var valid7 = _errs33 === errors;
                            } else
                              var valid7 = !0;
                            if (valid7) {
                              if (data9.is_secret !== void 0) {
                                let _errs35 = errors;
                                if (typeof data9.is_secret != "boolean")
                                  return validate172.errors = [0], !1;
                                var valid7 = _errs35 === errors;
                              } else
                                var valid7 = !0;
                              if (valid7) {
                                if (data9.default !== void 0) {
                                  let _errs37 = errors;
                                  if (typeof data9.default != "string")
                                    return validate172.errors = [0], !1;
                                  var valid7 = _errs37 === errors;
                                } else
                                  var valid7 = !0;
                                if (valid7)
                                  if (data9.choices !== void 0) {
                                    let data16 = data9.choices, _errs39 = errors;
                                    if (errors === _errs39)
                                      if (Array.isArray(data16)) {
                                        var valid8 = !0;
                                        let len1 = data16.length;
                                        for (let i1 = 0; i1 < len1; i1++) {
                                          let _errs41 = errors;
                                          if (typeof data16[i1] != "string")
                                            return validate172.errors = [0], !1;
                                          var valid8 = _errs41 === errors;
                                          if (!valid8)
                                            break;
                                        }
                                      } else
                                        return validate172.errors = [0], !1;
                                    var valid7 = _errs39 === errors;
                                  } else
                                    var valid7 = !0;
                              }
                            }
                          }
                        }
                      }
                    } else
                      return validate172.errors = [0], !1;
                  var valid5 = _errs24 === errors;
                  if (!valid5)
                    break;
                }
              else
                return validate172.errors = [0], !1;
          }
        } else
          return validate172.errors = [0], !1;
      var valid0 = _errs19 === errors;
    }
    return validate172.errors = vErrors, errors === 0;
  }
  function validate162(data) {
    let vErrors = null, errors = 0, _errs0 = errors;
    validate172(data) || (vErrors = vErrors === null ? validate172.errors : vErrors.concat(validate172.errors), errors = vErrors.length);
    var valid0 = _errs0 === errors;
    if (valid0) {
      let _errs1 = errors;
      if (errors === _errs1)
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing0;
          if (data.name === void 0 && (missing0 = "name"))
            return validate162.errors = [0], !1;
          if (data.name !== void 0 && typeof data.name != "string")
            return validate162.errors = [0], !1;
        } else
          return validate162.errors = [0], !1;
      var valid0 = _errs1 === errors;
    }
    return validate162.errors = vErrors, errors === 0;
  }
  function validate152(data) {
    let vErrors = null, errors = 0;
    if (errors === 0)
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.type === void 0 && (missing0 = "type") || data.url === void 0 && (missing0 = "url"))
          return validate152.errors = [0], !1;
        if (data.type !== void 0) {
          let data0 = data.type, _errs1 = errors;
          if (typeof data0 != "string")
            return validate152.errors = [0], !1;
          if (data0 !== "streamable-http")
            return validate152.errors = [0], !1;
          var valid0 = _errs1 === errors;
        } else
          var valid0 = !0;
        if (valid0) {
          if (data.url !== void 0) {
            let _errs3 = errors;
            if (typeof data.url != "string")
              return validate152.errors = [0], !1;
            var valid0 = _errs3 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.headers !== void 0) {
              let data2 = data.headers, _errs5 = errors;
              if (errors === _errs5)
                if (Array.isArray(data2)) {
                  var valid1 = !0;
                  let len0 = data2.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let _errs7 = errors;
                    validate162(data2[i0]) || (vErrors = vErrors === null ? validate162.errors : vErrors.concat(validate162.errors), errors = vErrors.length);
                    var valid1 = _errs7 === errors;
                    if (!valid1)
                      break;
                  }
                } else
                  return validate152.errors = [0], !1;
              var valid0 = _errs5 === errors;
            } else
              var valid0 = !0;
        }
      } else
        return validate152.errors = [0], !1;
    return validate152.errors = vErrors, errors === 0;
  }
  function validate212(data) {
    let vErrors = null, errors = 0;
    if (errors === 0)
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.type === void 0 && (missing0 = "type") || data.url === void 0 && (missing0 = "url"))
          return validate212.errors = [0], !1;
        if (data.type !== void 0) {
          let data0 = data.type, _errs1 = errors;
          if (typeof data0 != "string")
            return validate212.errors = [0], !1;
          if (data0 !== "sse")
            return validate212.errors = [0], !1;
          var valid0 = _errs1 === errors;
        } else
          var valid0 = !0;
        if (valid0) {
          if (data.url !== void 0) {
            let data1 = data.url, _errs3 = errors;
            if (errors === _errs3 && errors === _errs3)
              if (typeof data1 == "string") {
                if (!formats02.test(data1))
                  return validate212.errors = [0], !1;
              } else
                return validate212.errors = [0], !1;
            var valid0 = _errs3 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.headers !== void 0) {
              let data2 = data.headers, _errs5 = errors;
              if (errors === _errs5)
                if (Array.isArray(data2)) {
                  var valid1 = !0;
                  let len0 = data2.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let _errs7 = errors;
                    validate162(data2[i0]) || (vErrors = vErrors === null ? validate162.errors : vErrors.concat(validate162.errors), errors = vErrors.length);
                    var valid1 = _errs7 === errors;
                    if (!valid1)
                      break;
                  }
                } else
                  return validate212.errors = [0], !1;
              var valid0 = _errs5 === errors;
            } else
              var valid0 = !0;
        }
      } else
        return validate212.errors = [0], !1;
    return validate212.errors = vErrors, errors === 0;
  }
  function validate252(data) {
    let vErrors = null, errors = 0, _errs0 = errors;
    validate172(data) || (vErrors = vErrors === null ? validate172.errors : vErrors.concat(validate172.errors), errors = vErrors.length);
    var valid0 = _errs0 === errors;
    if (valid0) {
      let _errs1 = errors, _errs3 = errors, valid1 = !1, _errs4 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        data.value_hint === void 0 && (missing0 = "value_hint") && (vErrors === null ? vErrors = [0] : vErrors.push(0), errors++);
      }
      var _valid0 = _errs4 === errors;
      if (valid1 = valid1 || _valid0, !valid1) {
        let _errs5 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing1;
          data.value === void 0 && (missing1 = "value") && (vErrors === null ? vErrors = [0] : vErrors.push(0), errors++);
        }
        var _valid0 = _errs5 === errors;
        valid1 = valid1 || _valid0;
      }
      if (valid1)
        errors = _errs3, vErrors !== null && (_errs3 ? vErrors.length = _errs3 : vErrors = null);
      else
        return vErrors === null ? vErrors = [0] : vErrors.push(0), errors++, validate252.errors = vErrors, !1;
      if (errors === _errs1)
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing2;
          if (data.type === void 0 && (missing2 = "type"))
            return validate252.errors = [0], !1;
          if (data.type !== void 0) {
            let data0 = data.type, _errs6 = errors;
            if (typeof data0 != "string")
              return validate252.errors = [0], !1;
            if (data0 !== "positional")
              return validate252.errors = [0], !1;
            var valid2 = _errs6 === errors;
          } else
            var valid2 = !0;
          if (valid2) {
            if (data.value_hint !== void 0) {
              let _errs8 = errors;
              if (typeof data.value_hint != "string")
                return validate252.errors = [0], !1;
              var valid2 = _errs8 === errors;
            } else
              var valid2 = !0;
            if (valid2)
              if (data.is_repeated !== void 0) {
                let _errs10 = errors;
                if (typeof data.is_repeated != "boolean")
                  return validate252.errors = [0], !1;
                var valid2 = _errs10 === errors;
              } else
                var valid2 = !0;
          }
        } else
          return validate252.errors = [0], !1;
      var valid0 = _errs1 === errors;
    }
    return validate252.errors = vErrors, errors === 0;
  }
  function validate282(data) {
    let vErrors = null, errors = 0, _errs0 = errors;
    validate172(data) || (vErrors = vErrors === null ? validate172.errors : vErrors.concat(validate172.errors), errors = vErrors.length);
    var valid0 = _errs0 === errors;
    if (valid0) {
      let _errs1 = errors;
      if (errors === _errs1)
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing0;
          if (data.type === void 0 && (missing0 = "type") || data.name === void 0 && (missing0 = "name"))
            return validate282.errors = [0], !1;
          if (data.type !== void 0) {
            let data0 = data.type, _errs3 = errors;
            if (typeof data0 != "string")
              return validate282.errors = [0], !1;
            if (data0 !== "named")
              return validate282.errors = [0], !1;
            var valid1 = _errs3 === errors;
          } else
            var valid1 = !0;
          if (valid1) {
            if (data.name !== void 0) {
              let _errs5 = errors;
              if (typeof data.name != "string")
                return validate282.errors = [0], !1;
              var valid1 = _errs5 === errors;
            } else
              var valid1 = !0;
            if (valid1)
              if (data.is_repeated !== void 0) {
                let _errs7 = errors;
                if (typeof data.is_repeated != "boolean")
                  return validate282.errors = [0], !1;
                var valid1 = _errs7 === errors;
              } else
                var valid1 = !0;
          }
        } else
          return validate282.errors = [0], !1;
      var valid0 = _errs1 === errors;
    }
    return validate282.errors = vErrors, errors === 0;
  }
  function validate242(data) {
    let vErrors = null, errors = 0, _errs0 = errors, valid0 = !1, _errs1 = errors;
    validate252(data) || (vErrors = vErrors === null ? validate252.errors : vErrors.concat(validate252.errors), errors = vErrors.length);
    var _valid0 = _errs1 === errors;
    if (valid0 = valid0 || _valid0, !valid0) {
      let _errs2 = errors;
      validate282(data) || (vErrors = vErrors === null ? validate282.errors : vErrors.concat(validate282.errors), errors = vErrors.length);
      var _valid0 = _errs2 === errors;
      valid0 = valid0 || _valid0;
    }
    if (valid0)
      errors = _errs0, vErrors !== null && (_errs0 ? vErrors.length = _errs0 : vErrors = null);
    else
      return vErrors === null ? vErrors = [0] : vErrors.push(0), errors++, validate242.errors = vErrors, !1;
    return validate242.errors = vErrors, errors === 0;
  }
  function validate142(data) {
    let vErrors = null, errors = 0;
    if (errors === 0)
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.registry_type === void 0 && (missing0 = "registry_type") || data.identifier === void 0 && (missing0 = "identifier") || data.version === void 0 && (missing0 = "version") || data.transport === void 0 && (missing0 = "transport"))
          return validate142.errors = [0], !1;
        {
          let _errs1 = errors;
          for (let key0 in data)
            if (!func72.call(schema15.properties, key0)) {
              return validate142.errors = [0], !1;
              break;
            }
          if (_errs1 === errors) {
            if (data.registry_type !== void 0) {
              let _errs2 = errors;
              if (typeof data.registry_type != "string")
                return validate142.errors = [0], !1;
              var valid0 = _errs2 === errors;
            } else
              var valid0 = !0;
            if (valid0) {
              if (data.registry_base_url !== void 0) {
                let data1 = data.registry_base_url, _errs4 = errors;
                if (errors === _errs4 && errors === _errs4)
                  if (typeof data1 == "string") {
                    if (!formats02.test(data1))
                      return validate142.errors = [0], !1;
                  } else
                    return validate142.errors = [0], !1;
                var valid0 = _errs4 === errors;
              } else
                var valid0 = !0;
              if (valid0) {
                if (data.identifier !== void 0) {
                  let _errs6 = errors;
                  if (typeof data.identifier != "string")
                    return validate142.errors = [0], !1;
                  var valid0 = _errs6 === errors;
                } else
                  var valid0 = !0;
                if (valid0) {
                  if (data.version !== void 0) {
                    let data3 = data.version, _errs8 = errors, _errs10 = errors, _errs11 = errors;
                    if (data3 !== "latest") {
                      let err0 = {};
                      vErrors === null ? vErrors = [err0] : vErrors.push(err0), errors++;
                    }
                    var valid1 = _errs11 === errors;
                    if (valid1)
                      return validate142.errors = [0], !1;
                    if (errors = _errs10, vErrors !== null && (_errs10 ? vErrors.length = _errs10 : vErrors = null), errors === _errs8)
                      if (typeof data3 == "string") {
                        if (data3.length < 2 && func22(data3) < 1)
                          return validate142.errors = [0], !1;
                      } else
                        return validate142.errors = [0], !1;
                    var valid0 = _errs8 === errors;
                  } else
                    var valid0 = !0;
                  if (valid0) {
                    if (data.file_sha256 !== void 0) {
                      let data4 = data.file_sha256, _errs12 = errors;
                      if (errors === _errs12)
                        if (typeof data4 == "string") {
                          if (!pattern12.test(data4))
                            return validate142.errors = [0], !1;
                        } else
                          return validate142.errors = [0], !1;
                      var valid0 = _errs12 === errors;
                    } else
                      var valid0 = !0;
                    if (valid0) {
                      if (data.runtime_hint !== void 0) {
                        let _errs14 = errors;
                        if (typeof data.runtime_hint != "string")
                          return validate142.errors = [0], !1;
                        var valid0 = _errs14 === errors;
                      } else
                        var valid0 = !0;
                      if (valid0) {
                        if (data.transport !== void 0) {
                          let data6 = data.transport, _errs16 = errors, _errs17 = errors, valid2 = !1, _errs18 = errors;
                          if (errors === errors)
                            if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                              let missing1;
                              if (data6.type === void 0 && (missing1 = "type"))
                                vErrors === null ? vErrors = [0] : vErrors.push(0), errors++;
                              else if (data6.type !== void 0) {
                                let data7 = data6.type;
                                typeof data7 != "string" && (vErrors === null ? vErrors = [0] : vErrors.push(0), errors++), data7 !== "stdio" && (vErrors === null ? vErrors = [0] : vErrors.push(0), errors++);
                              }
                            } else
                              vErrors === null ? vErrors = [0] : vErrors.push(0), errors++;
                          var _valid0 = _errs18 === errors;
                          if (valid2 = valid2 || _valid0, !valid2) {
                            let _errs23 = errors;
                            validate152(data6) || (vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors), errors = vErrors.length);
                            var _valid0 = _errs23 === errors;
                            if (valid2 = valid2 || _valid0, !valid2) {
                              let _errs24 = errors;
                              validate212(data6) || (vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors), errors = vErrors.length);
                              var _valid0 = _errs24 === errors;
                              valid2 = valid2 || _valid0;
                            }
                          }
                          if (valid2)
                            errors = _errs17, vErrors !== null && (_errs17 ? vErrors.length = _errs17 : vErrors = null);
                          else
                            return vErrors === null ? vErrors = [0] : vErrors.push(0), errors++, validate142.errors = vErrors, !1;
                          var valid0 = _errs16 === errors;
                        } else
                          var valid0 = !0;
                        if (valid0) {
                          if (data.runtime_arguments !== void 0) {
                            let data8 = data.runtime_arguments, _errs25 = errors;
                            if (errors === _errs25)
                              if (Array.isArray(data8)) {
                                var valid5 = !0;
                                let len0 = data8.length;
                                for (let i0 = 0; i0 < len0; i0++) {
                                  let _errs27 = errors;
                                  validate242(data8[i0]) || (vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors), errors = vErrors.length);
                                  var valid5 = _errs27 === errors;
                                  if (!valid5)
                                    break;
                                }
                              } else
                                return validate142.errors = [0], !1;
                            var valid0 = _errs25 === errors;
                          } else
                            var valid0 = !0;
                          if (valid0) {
                            if (data.package_arguments !== void 0) {
                              let data10 = data.package_arguments, _errs28 = errors;
                              if (errors === _errs28)
                                if (Array.isArray(data10)) {
                                  var valid6 = !0;
                                  let len1 = data10.length;
                                  for (let i1 = 0; i1 < len1; i1++) {
                                    let _errs30 = errors;
                                    validate242(data10[i1]) || (vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors), errors = vErrors.length);
                                    var valid6 = _errs30 === errors;
                                    if (!valid6)
                                      break;
                                  }
                                } else
                                  return validate142.errors = [0], !1;
                              var valid0 = _errs28 === errors;
                            } else
                              var valid0 = !0;
                            if (valid0)
                              if (data.environment_variables !== void 0) {
                                let data12 = data.environment_variables, _errs31 = errors;
                                if (errors === _errs31)
                                  if (Array.isArray(data12)) {
                                    var valid7 = !0;
                                    let len2 = data12.length;
                                    for (let i2 = 0; i2 < len2; i2++) {
                                      let _errs33 = errors;
                                      validate162(data12[i2]) || (vErrors = vErrors === null ? validate162.errors : vErrors.concat(validate162.errors), errors = vErrors.length);
                                      var valid7 = _errs33 === errors;
                                      if (!valid7)
                                        break;
                                    }
                                  } else
                                    return validate142.errors = [0], !1;
                                var valid0 = _errs31 === errors;
                              } else
                                var valid0 = !0;
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
        return validate142.errors = [0], !1;
    return validate142.errors = vErrors, errors === 0;
  }
  function validate112(data) {
    let vErrors = null, errors = 0, _errs0 = errors;
    validate122(data) || (vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors), errors = vErrors.length);
    var valid0 = _errs0 === errors;
    if (valid0) {
      let _errs1 = errors;
      if (errors === _errs1)
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.$schema !== void 0) {
            let data0 = data.$schema, _errs3 = errors;
            if (errors === _errs3 && errors === _errs3)
              if (typeof data0 == "string") {
                if (!formats02.test(data0))
                  return validate112.errors = [0], !1;
              } else
                return validate112.errors = [0], !1;
            var valid1 = _errs3 === errors;
          } else
            var valid1 = !0;
          if (valid1) {
            if (data.packages !== void 0) {
              let data1 = data.packages, _errs5 = errors;
              if (errors === _errs5)
                if (Array.isArray(data1)) {
                  var valid2 = !0;
                  let len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let _errs7 = errors;
                    validate142(data1[i0]) || (vErrors = vErrors === null ? validate142.errors : vErrors.concat(validate142.errors), errors = vErrors.length);
                    var valid2 = _errs7 === errors;
                    if (!valid2)
                      break;
                  }
                } else
                  return validate112.errors = [0], !1;
              var valid1 = _errs5 === errors;
            } else
              var valid1 = !0;
            if (valid1) {
              if (data.remotes !== void 0) {
                let data3 = data.remotes, _errs8 = errors;
                if (errors === _errs8)
                  if (Array.isArray(data3)) {
                    var valid3 = !0;
                    let len1 = data3.length;
                    for (let i1 = 0; i1 < len1; i1++) {
                      let data4 = data3[i1], _errs10 = errors, _errs11 = errors, valid4 = !1, _errs12 = errors;
                      validate152(data4) || (vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors), errors = vErrors.length);
                      var _valid0 = _errs12 === errors;
                      if (valid4 = valid4 || _valid0, !valid4) {
                        let _errs13 = errors;
                        validate212(data4) || (vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors), errors = vErrors.length);
                        var _valid0 = _errs13 === errors;
                        valid4 = valid4 || _valid0;
                      }
                      if (valid4)
                        errors = _errs11, vErrors !== null && (_errs11 ? vErrors.length = _errs11 : vErrors = null);
                      else
                        return vErrors === null ? vErrors = [0] : vErrors.push(0), errors++, validate112.errors = vErrors, !1;
                      var valid3 = _errs10 === errors;
                      if (!valid3)
                        break;
                    }
                  } else
                    return validate112.errors = [0], !1;
                var valid1 = _errs8 === errors;
              } else
                var valid1 = !0;
              if (valid1)
                if (data._meta !== void 0) {
                  let data5 = data._meta, _errs14 = errors;
                  if (errors === _errs14)
                    if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                      if (data5["io.modelcontextprotocol.registry/publisher-provided"] !== void 0) {
                        let data6 = data5["io.modelcontextprotocol.registry/publisher-provided"], _errs17 = errors;
                        if (errors === _errs17 && !(data6 && typeof data6 == "object" && !Array.isArray(data6)))
                          return validate112.errors = [0], !1;
                        var valid5 = _errs17 === errors;
                      } else
                        var valid5 = !0;
                      if (valid5)
                        if (data5["io.modelcontextprotocol.registry/official"] !== void 0) {
                          let data7 = data5["io.modelcontextprotocol.registry/official"], _errs20 = errors;
                          if (errors === _errs20 && !(data7 && typeof data7 == "object" && !Array.isArray(data7)))
                            return validate112.errors = [0], !1;
                          var valid5 = _errs20 === errors;
                        } else
                          var valid5 = !0;
                    } else
                      return validate112.errors = [0], !1;
                  var valid1 = _errs14 === errors;
                } else
                  var valid1 = !0;
            }
          }
        } else
          return validate112.errors = [0], !1;
      var valid0 = _errs1 === errors;
    }
    return validate112.errors = vErrors, errors === 0;
  }
  function validate102(data) {
    let vErrors = null, errors = 0;
    return validate112(data) || (vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors), errors = vErrors.length), validate102.errors = vErrors, errors === 0;
  }
  return validate102;
})();
export {
  isValid,
  validate
};
