namespace PrEnv.Controller.Startup;

/// <summary><c>appsettings.json</c>.</summary>
internal static class SettingsFile
{
    private const string Section = "PrEnv";

    /// <summary>Its section <c>PrEnv</c>; empty when there is no file. Read once: options do not change while the process runs.</summary>
    /// <exception cref="StartupException">It is not JSON, or cannot be read.</exception>
    public static IConfiguration Read(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true, reloadOnChange: false).Build().GetSection(Section);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path}: {OneLine.Of(failure.GetBaseException())}. Fix it or remove it.", failure);
        }
    }
}
