using System.Text;

namespace PrEnv.Controller.Pages;

/// <summary>
/// <c>/events</c>: tells a page by Server-Sent Events that it is out of date, so that it fetches itself once more.
/// See https://html.spec.whatwg.org/multipage/server-sent-events.html.
/// </summary>
internal sealed class EventStreams(PageChanges changes, TimeProvider time)
{
    /// <summary>How many may be open. A page beyond that is complete, but does not update itself.</summary>
    public const int Max = 200;

    /// <summary>A page updates itself no more often.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(2);

    /// <summary>Proxies close what is silent for a minute.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(45);

    private int _open;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Serves one until the browser or the process goes away.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > Max)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "60";
                return;
            }

            context.Response.ContentType = "text/event-stream";
            // Asks nginx not to hold it back.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            if (HttpMethods.IsHead(context.Request.Method))
                return;
            var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await ServeAsync(context, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The end of every stream.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeAsync(HttpContext context, CancellationToken end)
    {
        // What the page shows, or, when the browser connects once more, what it was told last.
        var seen = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["since"].FirstOrDefault() ?? "";
        await SendAsync(context.Response, "retry: 5000\n\n", end);
        while (true)
        {
            try
            {
                await changes.NextAsync(seen).WaitAsync(KeepAlive, time, end);
            }
            catch (TimeoutException)
            {
                await SendAsync(context.Response, ":\n\n", end);
                continue;
            }

            seen = changes.Version;
            await SendAsync(context.Response, $"id: {seen}\nevent: change\ndata: {seen}\n\n", end);
            await Task.Delay(MinInterval, time, end);
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken end)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end);
        await response.Body.FlushAsync(end);
    }
}
