using System.Globalization;
using PrEnv.Sandbox.GitHub.Http;

namespace PrEnv.Sandbox.GitHub.Faults;

/// <summary>Lets requests go wrong as planned. It stands behind the gate: what GitHub refuses anyway is refused first.</summary>
internal sealed class FaultMiddleware(FaultPlan plan, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ApiCall.Find(context) is null || plan.Take(context.Request) is not { } rule)
        {
            await next(context);
            return;
        }

        if (rule.Delay != TimeSpan.Zero)
            await plan.HoldAsync(Task.Delay(rule.Delay, time, context.RequestAborted));
        await StrikeAsync(context, rule.Effect, next);
    }

    private Task StrikeAsync(HttpContext context, FaultEffect effect, RequestDelegate next) => effect switch
    {
        FaultEffect.Answer answer => AnswerAsync(context, answer),
        FaultEffect.Truncate truncate => TruncateAsync(context, truncate, next),
        FaultEffect.Drop => DropAsync(context),
        FaultEffect.Redirect redirect => RedirectAsync(context, redirect),
        FaultEffect.PrimaryLimit limit => PrimaryLimitAsync(context, limit),
        FaultEffect.SecondaryLimit limit => Refusals.SecondaryLimitAsync(context, limit.Status, Seconds(limit.RetryAfterSeconds)),
        _ => next(context),
    };

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static async Task AnswerAsync(HttpContext context, FaultEffect.Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers ?? [])
            context.Response.Headers[name] = value;
        if (answer.Body is null)
            return;
        context.Response.ContentType = answer.ContentType;
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task RedirectAsync(HttpContext context, FaultEffect.Redirect redirect)
    {
        context.Response.StatusCode = redirect.Status;
        context.Response.Headers.Location = redirect.Location.AbsoluteUri;
        return Task.CompletedTask;
    }

    private Task PrimaryLimitAsync(HttpContext context, FaultEffect.PrimaryLimit limit)
    {
        var reset = time.GetUtcNow().AddSeconds(limit.ResetSeconds).ToUnixTimeSeconds();
        context.Response.Headers["x-ratelimit-remaining"] = "0";
        context.Response.Headers["x-ratelimit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
        return Refusals.PrimaryLimitAsync(context, limit.Status);
    }

    private static async Task TruncateAsync(HttpContext context, FaultEffect.Truncate truncate, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = wire;
        // Content-Length promises the whole: that is how a client can tell a cut body from a short one.
        context.Response.ContentLength = whole.Length;
        var cut = (int)(whole.Length * truncate.Fraction);
        await wire.WriteAsync(whole.GetBuffer().AsMemory(0, cut), context.RequestAborted);
        await wire.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
