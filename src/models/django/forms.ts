// Forms: what they hold is the client's, checked only as far as the fields say.
// Facts: https://docs.djangoproject.com/en/stable/ref/forms/api/, /ref/forms/fields/, /ref/validators/
import { each, type SymbolModel } from "../model.js";
import { CLIENT_VALUE, sameType, UNRELATED } from "../web.js";

const FORM = "django.forms.BaseForm";
const VALIDATES: SymbolModel = { call: { propagates: "none", decides: "validation" } };

const CLASSES =
  "forms.Form forms.ModelForm models.BaseModelForm models.ModelForm forms.BaseForm formsets.BaseFormSet";

export const formSymbols: Record<string, SymbolModel> = {
  [FORM]: {
    // clean_name(self) reads self.cleaned_data["name"].
    subclassEntries: { methods: ["clean"], entry: { protocol: "http", inner: true } },
  },
  ...each(FORM, "cleaned_data data files", CLIENT_VALUE),
  [`${FORM}.files`]: {
    member: { type: "django.utils.datastructures.MultiValueDict", source: "upload" },
  },
  ...each(FORM, "is_valid full_clean", VALIDATES),
  ...each(FORM, "is_bound errors", { member: {} }),
  ...each(FORM, "has_error add_error non_field_errors as_p as_table as_ul as_div has_changed", UNRELATED),
  ...each("django.forms", "Form ModelForm BaseModelForm BaseFormSet BaseModelFormSet", sameType(FORM)),
  ...each("django.forms", CLASSES, sameType(FORM)),
  ...each(
    "django.contrib.auth.forms",
    "AuthenticationForm UserCreationForm UserChangeForm PasswordChangeForm SetPasswordForm PasswordResetForm " +
      "AdminPasswordChangeForm",
    sameType(FORM),
  ),
  "django.contrib.auth.forms.AuthenticationForm.get_user": {
    call: { returns: "django.contrib.auth.models.AbstractBaseUser", propagates: "none" },
  },
};
