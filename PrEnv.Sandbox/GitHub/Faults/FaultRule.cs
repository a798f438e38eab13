using System.Globalization;
using System.Text.RegularExpressions;

namespace PrEnv.Sandbox.GitHub.Faults;

/// <summary>Which requests go wrong, how often, and how.</summary>
internal sealed record FaultRule
{
    /// <summary>HTTP method; null takes any.</summary>
    public string? Method { get; init; }

    /// <summary>Regular expression for the path, without case; null takes any.</summary>
    public string? Path { get; init; }

    /// <summary>Page of a listing (a request without one asks for page 1); null takes any.</summary>
    public int? Page { get; init; }

    /// <summary>Only requests for at least so many items on a page; null takes any.</summary>
    public int? PerPage { get; init; }

    /// <summary>How many matching requests pass before the first that goes wrong.</summary>
    public int Skip { get; init; }

    /// <summary>How many go wrong; null until the rule is removed.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>
    /// How long the request is held first, by the server's clock. <see cref="Timeout.InfiniteTimeSpan"/> holds it until the client gives
    /// up.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What happens then.</summary>
    public FaultEffect Effect { get; init; } = new FaultEffect.PassOn();

    public bool Matches(HttpRequest request) =>
        (Method is null || HttpMethods.Equals(Method, request.Method))
        && (Path is null || Regex.IsMatch(request.Path.Value ?? "", Path, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking))
        && (Page is not { } page || NumberOf(request, "page", 1) == page)
        && (PerPage is not { } size || NumberOf(request, "per_page", 0) >= size);

    private static int NumberOf(HttpRequest request, string name, int fallback) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
