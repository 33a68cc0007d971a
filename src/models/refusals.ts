// Exceptions with which frameworks answer a client: whoever catches every error catches these too.
// Facts: https://docs.djangoproject.com/en/stable/ref/exceptions/, https://www.starlette.io/exceptions/,
// https://docs.aiohttp.org/en/stable/web_exceptions.html, https://werkzeug.palletsprojects.com/en/stable/exceptions/,
// https://www.django-rest-framework.org/api-guide/exceptions/, https://www.tornadoweb.org/en/stable/web.html,
// https://docs.pylonsproject.org/projects/pyramid/en/latest/api/httpexceptions.html, https://docs.webob.org/

const CLASSES = new Set([
  "django.http.Http404",
  "django.http.response.Http404",
  "django.core.exceptions.PermissionDenied",
  "django.core.exceptions.SuspiciousOperation",
  "fastapi.HTTPException",
  "fastapi.exceptions.HTTPException",
  "starlette.exceptions.HTTPException",
  "tornado.web.HTTPError",
  "bottle.HTTPError",
  "bottle.HTTPResponse",
  "cherrypy.HTTPError",
  "cherrypy.HTTPRedirect",
  "litestar.exceptions.HTTPException",
  "sanic.exceptions.SanicException",
]);

const PACKAGES = [
  "rest_framework.exceptions.",
  "werkzeug.exceptions.",
  "aiohttp.web.HTTP",
  "aiohttp.web_exceptions.",
  "pyramid.httpexceptions.HTTP",
  "webob.exc.HTTP",
  "webob.exc.WSGIHTTPException",
  "sanic.exceptions.",
  "falcon.HTTP",
];

const CALLS = new Set([
  "flask.abort",
  "werkzeug.exceptions.abort",
  "bottle.abort",
  "sanic.exceptions.abort",
  "flask_restful.abort",
  "django.shortcuts.get_object_or_404",
  "django.shortcuts.get_list_or_404",
  "rest_framework.generics.get_object_or_404",
]);

/** Is this exception class an answer to the client (404, 403), not a failure? */
export function isRefusal(name: string): boolean {
  return CLASSES.has(name) || PACKAGES.some((prefix) => name.startsWith(prefix));
}

/** Does this function raise one? */
export function raisesRefusal(name: string): boolean {
  return CALLS.has(name);
}
