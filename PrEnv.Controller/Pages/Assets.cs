using System.Collections.Frozen;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Pages;

/// <summary>The style sheet, the script and the icon, which lie in this assembly.</summary>
internal static class Assets
{
    private static readonly FrozenDictionary<string, (string Type, byte[] Content)> Files = new Dictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["prenv.css"] = "text/css; charset=utf-8",
        ["prenv.js"] = "text/javascript; charset=utf-8",
        ["prenv.svg"] = "image/svg+xml",
    }.ToFrozenDictionary(file => file.Key, file => (file.Value, Read(file.Key)), StringComparer.Ordinal);

    /// <summary>Changes with their content, so that browsers may keep them.</summary>
    public static string Version { get; } = Fingerprint.Of(
        string.Concat(Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Convert.ToHexString(f.Value.Content))), 10);

    /// <summary>One of them; null if there is none of that name.</summary>
    public static (string Type, byte[] Content)? Find(string name) => Files.TryGetValue(name, out var file) ? file : null;

    private static byte[] Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("PrEnv.Controller.Pages.Assets." + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
