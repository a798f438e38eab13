using System.Net.Http.Headers;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>
/// As whom requests are sent. See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation. Immutable.
/// </summary>
/// <param name="User">Null: as whoever the credentials say.</param>
/// <param name="Uid">Null: none.</param>
/// <param name="Groups">Groups of the user.</param>
/// <param name="Extra">More about the user: names and values.</param>
internal sealed record Impersonation(
    string? User, string? Uid, IReadOnlyList<string> Groups, IReadOnlyList<KeyValuePair<string, string>> Extra)
{
    public static Impersonation None { get; } = new(null, null, [], []);

    /// <summary>What each request of a client passes through; new ones for each client.</summary>
    public IEnumerable<DelegatingHandler> Handlers() => User is null ? [] : [new Handler(this)];

    /// <summary>Adds the headers.</summary>
    /// <exception cref="FormatException">A header cannot hold a value.</exception>
    public void AddTo(HttpRequestHeaders headers)
    {
        if (User is null)
            return;
        headers.Add("Impersonate-User", User);
        if (Uid is not null)
            headers.Add("Impersonate-Uid", Uid);
        foreach (var group in Groups)
            headers.Add("Impersonate-Group", group);
        // Names are case-insensitive in HTTP; characters that it does not allow are percent-encoded.
        foreach (var (name, value) in Extra)
            headers.Add("Impersonate-Extra-" + Uri.EscapeDataString(name.ToLowerInvariant()), value);
    }

    private sealed class Handler(Impersonation impersonation) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            impersonation.AddTo(request.Headers);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
