using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Options;

/// <summary>The options of the leader election, as the elector takes them.</summary>
internal static class LeaseTimings
{
    public const string LeaseDuration = "leader-elect-lease-duration";
    public const string RenewDeadline = "leader-elect-renew-deadline";
    public const string RetryPeriod = "leader-elect-retry-period";

    /// <summary>For a candidate of that name.</summary>
    public static LeaderElectionOptions For(string identity, ControllerOptions options) => new()
    {
        Identity = identity,
        LeaseDuration = options.LeaderElectLeaseDuration,
        RenewDeadline = options.LeaderElectRenewDeadline,
        RetryPeriod = options.LeaderElectRetryPeriod,
    };

    /// <summary>The problems, each with the name of the option to change.</summary>
    public static IEnumerable<(string Option, string Problem)> Problems(ControllerOptions options) =>
        For(nameof(LeaseTimings), options).Problems().Select(found => (OptionOf(found.Property), found.Problem));

    private static string OptionOf(string property) => property switch
    {
        nameof(LeaderElectionOptions.LeaseDuration) => LeaseDuration,
        nameof(LeaderElectionOptions.RenewDeadline) => RenewDeadline,
        _ => RetryPeriod,
    };
}
