using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Flux;

/// <summary>What real Flux did to a HelmRelease in one situation; see <c>Recordings/README.md</c>.</summary>
internal sealed class FluxRecording
{
    private static readonly string Folder = RepositoryRoot.Combine("PrEnv.Tests", "Flux", "Recordings");

    private FluxRecording(string name, IReadOnlyList<FluxLine> lines)
    {
        Name = name;
        Lines = lines;
    }

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    public string Name { get; }

    /// <summary>Where the releases were.</summary>
    public string Namespace => "tape-" + Name;

    /// <summary>In their order.</summary>
    public IReadOnlyList<FluxLine> Lines { get; }

    /// <summary>What the watch has seen of the releases.</summary>
    public IEnumerable<FluxLine.OfRelease> Releases => Lines.OfType<FluxLine.OfRelease>();

    /// <summary>What the watch has seen of the HelmCharts.</summary>
    public IEnumerable<FluxLine.OfChart> Charts => Lines.OfType<FluxLine.OfChart>();

    /// <summary>What was done from outside.</summary>
    public IEnumerable<FluxLine.Deed> Deeds => Lines.OfType<FluxLine.Deed>();

    public static FluxRecording Load(string name)
    {
        var lines = new List<FluxLine>();
        foreach (var text in File.ReadLines(Path.Combine(Folder, name + ".jsonl")))
        {
            // A line about anything but a release leaves it as it was.
            var before = lines.Count > 0 ? lines[^1].Current : null;
            lines.Add(FluxLine.Read(JsonNode.Parse(text)!.AsObject(), "tape-" + name, before));
        }

        return new FluxRecording(name, lines);
    }
}
