using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>Answers, right and wrong.</summary>
internal static class Answers
{
    public static RequestDelegate Json(string body, int status = 200, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        if (status is 204 or 304)
            return;
        context.Response.ContentType ??= "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    };

    /// <summary>Answers by page number; the pages know of each other by <c>Link</c>. Each has an ETag, and 304 for who knows it.</summary>
    public static RequestDelegate Pages(params string[] pages) => context =>
    {
        var page = PageOf(context);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pages[page - 1])));
        var etag = $"W/\"{hash}\"";
        if (context.Request.Headers.IfNoneMatch == etag)
            return Json("", 304, ("ETag", etag[2..]))(context);

        return page < pages.Length
            ? Json(pages[page - 1], 200, ("ETag", etag), ("Link", NextLink(context, page + 1)))(context)
            : Json(pages[page - 1], 200, ("ETag", etag))(context);
    };

    /// <summary>The first request gets the first answer and so on; the last is repeated.</summary>
    public static RequestDelegate Sequence(params RequestDelegate[] answers)
    {
        var index = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref index), answers.Length - 1)](context);
    }

    /// <summary>Never answers.</summary>
    public static Task Stall(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        context.RequestAborted.Register(aborted.SetResult);
        return aborted.Task;
    }

    /// <summary>Promises more than it sends, then hangs up.</summary>
    public static RequestDelegate Truncated(string body) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body) * 2;
        await context.Response.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Sends headers and half of a body, then nothing more.</summary>
    public static RequestDelegate StalledBody(string body) => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        await Stall(context);
    };

    public static int PageOf(HttpContext context) =>
        context.Request.Query.TryGetValue("page", out var page) ? int.Parse(page.ToString(), CultureInfo.InvariantCulture) : 1;

    public static string NextLink(HttpContext context, int page) =>
        $"<{context.Request.Scheme}://{context.Request.Host}/repositories/1/pulls?state=open&per_page=100&page={page}>; rel=\"next\"";
}
