namespace PrEnv.Controller.Startup;

/// <summary>The process cannot start, and a person can mend it. The message is one line that says what is wrong and what to do.</summary>
internal sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
