namespace PrEnv.Core.Model;

/// <summary>What <c>GET /pulls/N</c> says about one pull request.</summary>
public enum PullRequestState
{
    /// <summary>Not known: the request failed. This proves nothing.</summary>
    Unknown,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Closed or merged: the only proof that allows removing an environment.</summary>
    Closed,

    /// <summary>GitHub does not find the pull request, or does not show it to this credential. This proves nothing either.</summary>
    Hidden,
}
