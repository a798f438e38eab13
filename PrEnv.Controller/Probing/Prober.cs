using System.Collections.ObjectModel;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Probes over HTTP/1.1. Neither the URL nor the server is trusted: denied addresses are never connected to, redirects to other hosts are
/// not followed, no credentials are sent but the headers that the resource asks for, those to the URL's own origin only, and only the
/// status of the answer is read.
/// </summary>
internal sealed class Prober(ProbeAccess access, TimeProvider time) : IProber
{
    private const int MaxRedirects = 5;

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(target.Revision.Url, UriKind.Absolute, out var url) || !Redirect.IsHttp(url))
            return new ProbeResult(ProbeOutcome.Unreachable, "its URL is not an http or https URL");
        var (means, problem) = await access.GetAsync(target.Secrets, cancellationToken);
        if (means is null)
            return ProbeResult.Obstructed(problem!);
        using var deadline = new CancellationTokenSource(target.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await FollowAsync(url, target, means, either.Token);
        }
        catch (HttpRequestException failure)
        {
            return ProbeFailures.Of(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(
                ProbeOutcome.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"timed out after {target.RequestTimeout.TotalSeconds:0.###}s"));
        }
    }

    private static async Task<ProbeResult> FollowAsync(Uri start, ProbeTarget target, ProbeMeans means, CancellationToken cancellationToken)
    {
        var url = start;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(url, HostAndPort.IsSameOrigin(start, url) ? means.Headers : null);
            using var response = await means.Client.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            if (target.ExpectedStatusCodes.Contains(status))
                return ProbeResult.Success;
            if (Redirect.Of(response, url) is not { } next)
                return new ProbeResult(ProbeOutcome.UnexpectedStatus, string.Create(CultureInfo.InvariantCulture, $"answered {status}"));
            if (!Redirect.IsAllowed(url, next))
                return new ProbeResult(ProbeOutcome.Redirected, "redirects to another host");
            if (redirects == MaxRedirects)
                return new ProbeResult(ProbeOutcome.Redirected, $"redirects more than {MaxRedirects} times");
            url = next;
        }
    }

    private static HttpRequestMessage Request(Uri url, IReadOnlyDictionary<string, string>? headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers ?? ReadOnlyDictionary<string, string>.Empty)
            request.Headers.TryAddWithoutValidation(name, value);
        AddUnlessSet(request, "User-Agent", "prenv-probe");
        AddUnlessSet(request, "Accept", "*/*");
        request.Headers.ConnectionClose = true;
        return request;
    }

    private static void AddUnlessSet(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.NonValidated.Contains(name))
            request.Headers.TryAddWithoutValidation(name, value);
    }
}
