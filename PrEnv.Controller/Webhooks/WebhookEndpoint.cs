using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// <c>POST /webhooks/github</c>. A delivery is only a hint: it wakes the resources on its repository, which then ask GitHub. GitHub gives
/// up after 10 seconds and does not retry automatically, so nothing here waits for work.
/// </summary>
internal sealed partial class WebhookEndpoint(
    BodyReader bodies, WebhookReceivers receivers, DeliveryLog log, IResourceWaker waker, IMergeGroupNotes mergeGroups,
    WebhookMetrics metrics, ILogger<WebhookEndpoint> logger)
{
    public const string Path = "/webhooks/github";

    /// <summary>
    /// More than the size of an organisation's ping. It is checked with the secrets of all its resources, so a forgery must be small.
    /// </summary>
    private const int MaxOrganizationPing = 64 * 1024;

    private const string ContentTypeHelp = "Set the webhook's content type to application/json.";

    private const string WrongSecret = "The signature does not match the webhook's secret.";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var @event = request.Headers["X-GitHub-Event"].ToString();
        var answer = await AnswerAsync(request, @event, context.RequestAborted);
        metrics.Answered(@event, answer.Status);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "10";
        if (answer.Text is { } text)
            await context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private async Task<Answer> AnswerAsync(HttpRequest request, string @event, CancellationToken cancellationToken)
    {
        if (@event.Length == 0)
            return new(StatusCodes.Status400BadRequest, "This address accepts GitHub webhooks; the header X-GitHub-Event is missing.");
        if (!WebhookPayload.IsKnown(@event))
            return new(StatusCodes.Status204NoContent);
        if (!receivers.IsReady)
            return new(StatusCodes.Status503ServiceUnavailable, "The controller is starting. Redeliver later.");
        if (!request.HasJsonContentType())
            return new(StatusCodes.Status415UnsupportedMediaType, ContentTypeHelp);
        if (request.ContentLength is not { } length)
            return new(StatusCodes.Status411LengthRequired, "Content-Length is missing.");
        if (length > BodyReader.MaxBytes)
        {
            return new(
                StatusCodes.Status413PayloadTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"At most {BodyReader.MaxBytes} bytes are accepted."));
        }

        // The limit is ours, and has just been checked.
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length;
        try
        {
            using var body = await bodies.ReadAsync(request.Body, (int)length, cancellationToken);
            return await AnswerAsync(request, @event, body.Memory, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new(
                StatusCodes.Status503ServiceUnavailable,
                "Too many deliveries at once, or the body did not arrive in time. Redeliver later.");
        }
        catch (ApiStatusException e)
        {
            LogSecretUnreadable(e.Status.Code, e.Status.Reason);
            return new(StatusCodes.Status503ServiceUnavailable, "The webhook's secret cannot be read at the moment. Redeliver later.");
        }
        catch (IOException)
        {
            return new(StatusCodes.Status400BadRequest, "The body ended early.");
        }
    }

    private async Task<Answer> AnswerAsync(
        HttpRequest request, string @event, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (WebhookPayload.Read(body.Span) is not { } payload)
            return new(StatusCodes.Status400BadRequest, "The body is not the JSON of a webhook.");
        if (payload.Repository is not { } repository)
        {
            return WebhookPayload.IsPing(@event) && payload.Organization is { } organization && body.Length <= MaxOrganizationPing
                ? await AnswerPingAsync(request, organization, body, cancellationToken)
                : new(StatusCodes.Status204NoContent);
        }

        var found = await receivers.FindAsync(repository, body, request.Headers[WebhookSignature.Header], cancellationToken);
        if (found is not { } keys)
            return new(StatusCodes.Status404NotFound, "No resource has a webhookSecretRef for this repository.");
        if (keys.IsEmpty)
            return new(StatusCodes.Status401Unauthorized, WrongSecret);
        metrics.Received(keys);
        if (WebhookPayload.IsPing(@event))
            return new(StatusCodes.Status200OK, "pong");
        string? id = request.Headers["X-GitHub-Delivery"];
        if (log.Contains(id))
            return new(StatusCodes.Status200OK, "Already processed.");
        if (!Wake(keys, payload))
            return new(StatusCodes.Status204NoContent);
        log.Add(id);
        return new(StatusCodes.Status202Accepted);
    }

    // False when the delivery is of no interest to any of them.
    private bool Wake(ImmutableArray<ResourceKey> keys, WebhookPayload payload)
    {
        if (payload.PullRequest is { } number)
        {
            foreach (var key in keys)
                waker.PullRequestChanged(key, number, payload.Expected);
            return true;
        }

        if (payload.MergeGroup is { } group)
        {
            var concerned = keys.Where(receivers.ReportsToMergeQueue).ToList();
            concerned.ForEach(key => mergeGroups.Note(key, group));
            return concerned.Count > 0;
        }

        if (payload.Check is not { } news)
            return false;
        var waiting = keys.Where(key => receivers.WaitsFor(key, news.Name)).ToList();
        waiting.ForEach(key => waker.CheckChanged(key, news));
        return waiting.Count > 0;
    }

    // It names no repository: it is valid if it is signed with the secret of any resource on one of the organisation's repositories.
    private async Task<Answer> AnswerPingAsync(
        HttpRequest request, string organization, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var found = await receivers.FindByOwnerAsync(organization, body, request.Headers[WebhookSignature.Header], cancellationToken);
        if (found is not { } keys)
            return new(StatusCodes.Status404NotFound, "No resource has a webhookSecretRef for a repository of this organisation.");
        return keys.IsEmpty ? new(StatusCodes.Status401Unauthorized, WrongSecret) : new(StatusCodes.Status200OK, "pong");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not read the secret of a webhook: the API server returned {Code} {Reason}")]
    private partial void LogSecretUnreadable(int code, string reason);

    private readonly record struct Answer(int Status, string? Text = null);
}
