using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>Writes every request of GitHub's API into the log, however it ended.</summary>
internal sealed class RequestLogMiddleware(RequestLog log, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var at = time.GetUtcNow();
        var request = context.Request;
        // The fallback's pattern says nothing.
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var route = pattern?.StartsWith("/{**", StringComparison.Ordinal) == false ? pattern : request.Path.Value ?? "";
        var written = 0;
        // Before the first byte of the answer: whoever has it finds it in the log.
        context.Response.OnStarting(() =>
        {
            Write();
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            Write();
        }

        void Write()
        {
            if (Interlocked.Exchange(ref written, 1) != 0) return;
            var call = ApiCall.Find(context);
            var dropped = !context.Response.HasStarted && context.RequestAborted.IsCancellationRequested;
            log.Add(new RequestEntry(
                at,
                request.Method,
                route,
                $"{request.PathBase}{request.Path}{request.QueryString}",
                call?.Token?.Login,
                dropped ? 0 : context.Response.StatusCode,
                call?.Charged ?? false));
        }
    }
}
