// WTForms and Flask-WTF: fields hold what the client sent; numbers, dates and choices come out converted.
// Facts: https://wtforms.readthedocs.io/en/3.2.x/fields/, https://flask-wtf.readthedocs.io/en/1.2.x/api/
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { CLIENT_VALUE, formerly, sameType, UNRELATED } from "./web.js";

const FIELD = "wtforms.fields.Field";
const CONVERTED = "wtforms.fields.IntegerField";
const UPLOAD = "wtforms.fields.FileField";

const TEXT =
  "StringField TextField TextAreaField PasswordField HiddenField SearchField TelField URLField EmailField ColorField " +
  "FieldList FormField";
/** Choice fields refuse what is not among their choices when the form is validated. */
const HARMLESS =
  "DecimalField FloatField IntegerRangeField DecimalRangeField DateField DateTimeField DateTimeLocalField TimeField " +
  "MonthField WeekField BooleanField SubmitField SelectField SelectMultipleField RadioField";

/** Where the classes have been importable from over the years. */
const PLACES = [
  "wtforms",
  "wtforms.fields.simple",
  "wtforms.fields.core",
  "wtforms.fields.html5",
  "wtforms.fields.numeric",
  "wtforms.fields.datetime",
  "wtforms.fields.choices",
  "wtforms.fields.list",
  "wtforms.fields.form",
  "flask_wtf",
];

function everywhere(name: string): Record<string, SymbolModel> {
  return Object.fromEntries(PLACES.map((place) => [`${place}.${name}`, sameType(`wtforms.fields.${name}`)]));
}

const fields: Record<string, SymbolModel> = {
  [FIELD]: {},
  ...each(FIELD, "data raw_data object_data", CLIENT_VALUE),
  ...each(FIELD, "validate", UNRELATED),
  ...each("wtforms.fields", TEXT, sameType(FIELD)),
  [CONVERTED]: {},
  [`${CONVERTED}.data`]: { member: {} },
  [`${CONVERTED}.raw_data`]: CLIENT_VALUE,
  ...each("wtforms.fields", HARMLESS, sameType(CONVERTED)),
  [UPLOAD]: {},
  [`${UPLOAD}.data`]: { member: { type: "werkzeug.datastructures.FileStorage", source: "upload" } },
  "wtforms.fields.MultipleFileField": {},
  "wtforms.fields.MultipleFileField.data": { member: { source: "upload" } },
  "flask_wtf.file.FileField": sameType(UPLOAD),
  "flask_wtf.file.MultipleFileField": sameType("wtforms.fields.MultipleFileField"),
  ...Object.assign(
    {},
    ...`${TEXT} ${HARMLESS} Field IntegerField FileField MultipleFileField`.split(" ").map(everywhere),
  ),
};

const VALIDATES: SymbolModel = { call: { propagates: "none", decides: "validation" } };

const forms: Record<string, SymbolModel> = {
  "wtforms.form.BaseForm": {},
  "wtforms.form.BaseForm.data": CLIENT_VALUE,
  "wtforms.form.BaseForm.validate": VALIDATES,
  "wtforms.form.BaseForm.populate_obj": UNRELATED,
  "wtforms.form.Form": sameType("wtforms.form.BaseForm"),
  "wtforms.Form": sameType("wtforms.form.BaseForm"),
  "flask_wtf.FlaskForm": {
    extends: ["wtforms.form.BaseForm"],
    call: {
      returns: "flask_wtf.FlaskForm",
      propagates: "none",
      misuses: [{ kind: "csrf-exempt", when: [{ argument: keyword("csrf_enabled"), is: [false] }] }],
    },
  },
  "flask_wtf.FlaskForm.validate_on_submit": VALIDATES,
  "flask_wtf.FlaskForm.is_submitted": UNRELATED,
  "flask_wtf.FlaskForm.hidden_tag": UNRELATED,
  "flask_wtf.form.FlaskForm": sameType("flask_wtf.FlaskForm"),
  "flask_wtf.Form": sameType("flask_wtf.FlaskForm"),
  "flask_wtf.form.Form": sameType("flask_wtf.FlaskForm"),
};

/** Used as a decorator of a view, or called with one. */
const EXEMPTS: SymbolModel = { call: { propagates: [argument(0)], misuses: [{ kind: "csrf-exempt" }] } };

const csrf: Record<string, SymbolModel> = {
  "flask_wtf.csrf.CSRFProtect": { guards: "csrf" },
  "flask_wtf.csrf.CSRFProtect.exempt": EXEMPTS,
  "flask_wtf.csrf.CSRFProtect.protect": {
    call: { propagates: "none", decides: "csrf" },
    guards: "csrf",
  },
  "flask_wtf.csrf.CsrfProtect": { extends: ["flask_wtf.csrf.CSRFProtect"], guards: "csrf" },
  "flask_wtf.CSRFProtect": { extends: ["flask_wtf.csrf.CSRFProtect"], guards: "csrf" },
  "flask_wtf.CsrfProtect": { extends: ["flask_wtf.csrf.CSRFProtect"], guards: "csrf" },
  "flask_wtf.csrf.validate_csrf": {
    call: { propagates: "none", decides: "csrf" },
    guards: "csrf",
  },
  "flask_wtf.csrf.generate_csrf": { call: { source: "secret", propagates: "none" } },
};

export const wtforms: LibraryModel = {
  library: "wtforms",
  symbols: {
    ...fields,
    ...forms,
    ...csrf,
    ...formerly("flask_wtf", "flask.ext.wtf", { ...fields, ...forms, ...csrf }),
  },
};
