// Who the client is and what it may do.
// Facts: https://docs.djangoproject.com/en/stable/topics/auth/default/, /ref/contrib/auth/, /topics/auth/passwords/
import { argument, each, type SymbolModel } from "../model.js";
import { AUTHENTICATION, AUTHORIZATION, sameType, UNRELATED } from "../web.js";

const USER = "django.contrib.auth.models.AbstractBaseUser";

const decorators: Record<string, SymbolModel> = {
  "django.contrib.auth.decorators.login_required": AUTHENTICATION,
  "django.contrib.auth.decorators.permission_required": AUTHORIZATION,
  "django.contrib.auth.decorators.user_passes_test": AUTHORIZATION,
  "django.contrib.admin.views.decorators.staff_member_required": AUTHORIZATION,
  "django.contrib.auth.mixins.LoginRequiredMixin": AUTHENTICATION,
  "django.contrib.auth.mixins.PermissionRequiredMixin": AUTHORIZATION,
  "django.contrib.auth.mixins.UserPassesTestMixin": AUTHORIZATION,
};

const MAY: SymbolModel = {
  call: { propagates: "none", decides: "authorization" },
  guards: "authorization",
};

const user: Record<string, SymbolModel> = {
  [USER]: {},
  // Methods before Django 1.10, attributes since.
  ...each(USER, "is_authenticated is_anonymous", { ...UNRELATED, member: {}, guards: "authentication" }),
  ...each(USER, "is_staff is_superuser is_active", { member: {}, guards: "authorization" }),
  ...each(USER, "has_perm has_perms has_module_perms ahas_perm ahas_perms", MAY),
  ...each(USER, "check_password acheck_password", {
    call: { propagates: "none", decides: "authentication" },
  }),
  ...each(USER, "set_password set_unusable_password has_usable_password", UNRELATED),
  [`${USER}.get_session_auth_hash`]: { call: { source: "secret", propagates: "none" } },
  [`${USER}.password`]: { member: { source: "secret" } },
  [`${USER}.email_user`]: {
    call: { sinks: [{ kind: "mail", argument: argument(0, "subject") }], propagates: "none" },
  },
  ...each("django.contrib.auth.models", "User AbstractUser", { extends: [USER, "django.db.models.Model"] }),
  ...each("django.contrib.auth.models", "AnonymousUser PermissionsMixin", sameType(USER)),
  "django.contrib.auth.base_user.AbstractBaseUser": sameType(USER),
};

const functions: Record<string, SymbolModel> = {
  ...each("django.contrib.auth", "authenticate aauthenticate", {
    call: { returns: USER, propagates: "none", decides: "authentication" },
  }),
  ...each("django.contrib.auth", "login alogin logout alogout update_session_auth_hash", UNRELATED),
  ...each("django.contrib.auth", "get_user aget_user", { call: { returns: USER, propagates: "none" } }),
  ...each("django.contrib.auth.hashers", "check_password acheck_password verify_password", {
    call: { propagates: "none", decides: "authentication" },
  }),
  "django.contrib.auth.hashers.make_password": {
    call: {
      propagates: "none",
      misuses: [
        {
          kind: "weak-hash",
          when: [
            {
              argument: argument(2, "hasher"),
              is: ["md5", "unsalted_md5", "sha1", "unsalted_sha1", "crypt"],
            },
          ],
        },
      ],
    },
  },
  ...each(
    "django.contrib.auth.hashers",
    "MD5PasswordHasher SHA1PasswordHasher UnsaltedMD5PasswordHasher UnsaltedSHA1PasswordHasher CryptPasswordHasher",
    { call: { propagates: "none", misuses: [{ kind: "weak-hash" }] } },
  ),
  ...each("django.contrib.auth.password_validation", "validate_password", {
    call: { propagates: "none", decides: "validation" },
  }),
  "django.contrib.auth.tokens.PasswordResetTokenGenerator": {},
  "django.contrib.auth.tokens.PasswordResetTokenGenerator.make_token": {
    call: { source: "secret", propagates: "none" },
  },
  "django.contrib.auth.tokens.PasswordResetTokenGenerator.check_token": {
    call: { propagates: "none", decides: "authentication" },
  },
  "django.contrib.auth.tokens.default_token_generator": {
    member: { type: "django.contrib.auth.tokens.PasswordResetTokenGenerator" },
  },
  "django.core.exceptions.PermissionDenied": {
    call: { returns: "django.core.exceptions.PermissionDenied", propagates: "none" },
  },
  "django.middleware.csrf.get_token": { call: { source: "secret", propagates: "none" } },
};

/** Methods of an admin class are reached by staff through the admin site. */
const admin: Record<string, SymbolModel> = {
  "django.contrib.admin.ModelAdmin": {
    subclassEntries: {
      methods: ["changelist_view", "change_view", "add_view", "delete_view", "history_view"],
      entry: {
        protocol: "http",
        parameters: "http-request",
        types: { 0: "django.http.HttpRequest", request: "django.http.HttpRequest" },
      },
    },
    guards: "authorization",
  },
  "django.contrib.admin.options.ModelAdmin": {
    extends: ["django.contrib.admin.ModelAdmin"],
    guards: "authorization",
  },
  // admin_view(view) asks for a member of staff.
  "django.contrib.admin.AdminSite.admin_view": AUTHORIZATION,
  "django.contrib.admin.action": {
    decorates: {
      protocol: "http",
      types: { 1: "django.http.HttpRequest", request: "django.http.HttpRequest" },
    },
  },
};

export const authSymbols: Record<string, SymbolModel> = { ...decorators, ...user, ...functions, ...admin };
