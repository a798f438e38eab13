namespace PrEnv.Core.Spec;

/// <summary>May a pull request from a fork have an environment?</summary>
public enum ForkPolicy
{
    /// <summary>Never.</summary>
    Deny,

    /// <summary>For exactly those commits that somebody with write permission approved.</summary>
    RequireApproval,

    /// <summary>Like any other.</summary>
    Allow,
}
