using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.GitHub.Hooks;

/// <summary>
/// Sends deliveries as GitHub does: signed, in order, 10 seconds each, and never again by itself.
/// See https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Channel<Attempt> _outbox = Channel.CreateUnbounded<Attempt>();
    private readonly List<Webhook> _hooks = [];
    private readonly Dictionary<Guid, (Attempt Attempt, WebhookDelivery Delivery)> _deliveries = [];
    private readonly ChangeSignal _changed;
    private readonly Task _sending;

    public WebhookSender(ChangeSignal changed)
    {
        _changed = changed;
        _sending = Task.Run(SendAllAsync);
    }

    /// <summary>In the order of their first attempts.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_deliveries)
                return [.. _deliveries.Values.Select(entry => entry.Delivery)];
        }
    }

    public void Add(Webhook hook)
    {
        lock (_deliveries)
            _hooks.Add(hook);
    }

    /// <summary>Tells every hook of that repository.</summary>
    public void Tell(string repository, string @event, string action, Func<byte[]> render)
    {
        lock (_deliveries)
        {
            var hooks = _hooks.Where(hook => hook.Repository.Equals(repository, StringComparison.OrdinalIgnoreCase)).ToList();
            if (hooks.Count == 0)
                return;
            var body = render();
            foreach (var hook in hooks)
            {
                var attempt = new Attempt(Guid.NewGuid(), hook, @event, action, body);
                _deliveries[attempt.Id] = (attempt, new WebhookDelivery(attempt.Id, @event, action, null));
                _outbox.Writer.TryWrite(attempt);
            }
        }
    }

    /// <summary>What the button does: the same delivery once more.</summary>
    public void Redeliver(Guid id)
    {
        lock (_deliveries)
            _outbox.Writer.TryWrite(_deliveries[id].Attempt);
    }

    public async ValueTask DisposeAsync()
    {
        _outbox.Writer.TryComplete();
        _http.CancelPendingRequests();
        await _sending;
        _http.Dispose();
    }

    private async Task SendAllAsync()
    {
        await foreach (var attempt in _outbox.Reader.ReadAllAsync())
        {
            var status = await SendAsync(attempt);
            lock (_deliveries)
                _deliveries[attempt.Id] = (attempt, new WebhookDelivery(attempt.Id, attempt.Event, attempt.Action, status));
            _changed.Pulse();
        }
    }

    private async Task<HttpStatusCode?> SendAsync(Attempt attempt)
    {
        using var request = Request(attempt.Hook, attempt.Event, attempt.Id, attempt.Body);
        try
        {
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>A delivery with GitHub's headers.</summary>
    public static HttpRequestMessage Request(Webhook hook, string @event, Guid id, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = content };
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/044aadd");
        request.Headers.Add("X-GitHub-Event", @event);
        request.Headers.Add("X-GitHub-Delivery", id.ToString());
        request.Headers.Add("X-GitHub-Hook-ID", "1");
        request.Headers.Add(
            "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), body)));
        return request;
    }

    private sealed record Attempt(Guid Id, Webhook Hook, string Event, string Action, byte[] Body);
}
