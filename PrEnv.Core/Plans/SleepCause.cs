namespace PrEnv.Core.Plans;

/// <summary>Why an environment is to be asleep or awake.</summary>
public enum SleepCause
{
    /// <summary>Awake: nothing puts it to sleep.</summary>
    Off,

    /// <summary>GitHub has not said enough.</summary>
    Unknown,

    /// <summary>Awake: a label keeps it.</summary>
    KeepLabel,

    /// <summary>Awake: a command keeps it.</summary>
    Kept,

    /// <summary>Awake: something has happened on the pull request.</summary>
    Activity,

    /// <summary>Awake: the awake hours have begun since something happened.</summary>
    HoursBegan,

    /// <summary>Asleep: nothing has happened on the pull request for too long.</summary>
    Idle,

    /// <summary>Asleep: outside the awake hours.</summary>
    Hours,

    /// <summary>Asleep: a command asked for it.</summary>
    Command,
}
