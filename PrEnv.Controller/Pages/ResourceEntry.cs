namespace PrEnv.Controller.Pages;

/// <summary>One resource, as the page and its JSON show it.</summary>
internal sealed record ResourceEntry
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Owner and name of the repository; null if it does not say.</summary>
    public string? Repository { get; init; }

    /// <summary>Status of its condition <c>Ready</c>: <c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Ready { get; init; }

    /// <summary>Reason of that condition; null before the first reconcile.</summary>
    public string? Reason { get; init; }

    /// <summary>Message of that condition.</summary>
    public string? Message { get; init; }

    /// <summary>Is it suspended?</summary>
    public bool Suspended { get; init; }

    /// <summary>How many pull requests are open; null if it is not known.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>How many environments are ready.</summary>
    public int EnvironmentsReady { get; init; }

    /// <summary>How many environments there are.</summary>
    public int EnvironmentsTotal { get; init; }
}
