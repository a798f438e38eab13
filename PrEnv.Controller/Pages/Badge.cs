using System.Globalization;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>A phase as a small SVG image, for a README or a comment.</summary>
internal static class Badge
{
    private const int LabelWidth = 92;

    private const int LetterWidth = 7;

    private const int Padding = 16;

    /// <summary>What it says where there is no environment.</summary>
    public const string None = "none";

    /// <summary>The way from the overview to a badge.</summary>
    public static string PathOf(EnvironmentEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"badge/{Uri.EscapeDataString(entry.Namespace)}/{Uri.EscapeDataString(entry.Resource)}/{entry.Number}.svg");

    public static void Write(HtmlWriter svg, string phase)
    {
        var text = phase.Length <= 12 ? phase.ToLowerInvariant() : phase[..12].ToLowerInvariant();
        var (right, width) = ((text.Length * LetterWidth) + Padding, LabelWidth + (text.Length * LetterWidth) + Padding);
        svg.Write($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="environment: {text}">
            <title>environment: {text}</title>
            <clipPath id="r"><rect width="{width}" height="20" rx="4"/></clipPath>
            <g clip-path="url(#r)"><rect width="{LabelWidth}" height="20" fill="#3b4252"/>
            <rect x="{LabelWidth}" width="{right}" height="20" fill="{ColourOf(phase)}"/></g>
            <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
            <text x="{LabelWidth / 2}" y="14">environment</text><text x="{LabelWidth + (right / 2)}" y="14">{text}</text></g>
            </svg>

            """);
    }

    // White text has a contrast of at least 4.5 on each.
    private static string ColourOf(string phase) => phase switch
    {
        EnvironmentPhase.Ready => "#1a7f37",
        EnvironmentPhase.Failed => "#c62828",
        EnvironmentPhase.Held => "#9a5b00",
        EnvironmentPhase.Deploying => "#0b62c4",
        EnvironmentPhase.Queued => "#6941c6",
        EnvironmentPhase.Asleep => "#0e7090",
        _ => "#57606a",
    };
}
