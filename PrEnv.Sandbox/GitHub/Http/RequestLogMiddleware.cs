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
        var isLogged = false;
        // Before the answer leaves: who has it finds it in the log.
        context.Response.OnStarting(() =>
        {
            Log(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            var dropped = !context.Response.HasStarted && context.RequestAborted.IsCancellationRequested;
            Log(dropped ? 0 : context.Response.StatusCode);
        }

        void Log(int status)
        {
            if (isLogged)
                return;
            isLogged = true;
            var call = ApiCall.Find(context);
            log.Add(new RequestEntry(
                at, request.Method, route, $"{request.PathBase}{request.Path}{request.QueryString}", call?.Token?.Login, status,
                call?.Charged ?? false, request.Host.Value ?? ""));
        }
    }
}
