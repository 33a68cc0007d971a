// Every operation that the fake plays.
import { appRoutes } from "./apps.js";
import { checkRoutes } from "./checks.js";
import { codeScanningRoutes } from "./code-scanning.js";
import { commentRoutes } from "./comments.js";
import { contentRoutes } from "./contents.js";
import { permissionRoutes } from "./permissions.js";
import { pullRoutes } from "./pulls.js";
import { rateLimitRoutes } from "./rate-limits.js";
import { reactionRoutes } from "./reactions.js";
import { reviewCommentRoutes } from "./review-comments.js";
import { reviewRoutes } from "./reviews.js";
import type { Route } from "./router.js";
import { type Webhooks, webhookRoutes } from "./webhooks.js";

export function allRoutes(webhooks: Webhooks): readonly Route[] {
  return [
    ...appRoutes,
    ...webhookRoutes(webhooks),
    ...rateLimitRoutes,
    ...permissionRoutes,
    ...pullRoutes,
    ...contentRoutes,
    ...reviewRoutes,
    ...reviewCommentRoutes,
    ...commentRoutes,
    ...reactionRoutes,
    ...checkRoutes,
    ...codeScanningRoutes,
  ];
}
