using System.Net;

namespace PrEnv.Sandbox.GitHub.Hooks;

/// <summary>A webhook of a repository.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Url">Where deliveries go.</param>
/// <param name="Secret">What they are signed with.</param>
internal sealed record Webhook(string Repository, Uri Url, string Secret);

/// <summary>A delivery and what became of its last attempt.</summary>
/// <param name="Id">The same for each attempt.</param>
/// <param name="Event">For example <c>pull_request</c>.</param>
/// <param name="Action">For example <c>opened</c>; empty for a ping.</param>
/// <param name="Status">What the receiver answered; null when it did not.</param>
internal sealed record WebhookDelivery(Guid Id, string Event, string Action, HttpStatusCode? Status);
