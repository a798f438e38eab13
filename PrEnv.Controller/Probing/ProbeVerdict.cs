namespace PrEnv.Controller.Probing;

/// <summary>The result of the observations of one revision. Its owner is woken when it changes, not on every answer.</summary>
internal enum ProbeVerdict
{
    /// <summary>There is no answer yet.</summary>
    Unknown,

    /// <summary>There has been a failure, but no success yet.</summary>
    Failing,

    /// <summary>It has answered, and has not failed three times in a row since.</summary>
    Up,

    /// <summary>
    /// Three failures in a row. The success before them may have been seen by an earlier process, so none is required here.
    /// </summary>
    Down,
}
