namespace PrEnv.Controller.Startup;

/// <summary>
/// The process cannot start, for a reason that a user can fix. The message is one line that says what is wrong and what to do.
/// </summary>
internal sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
