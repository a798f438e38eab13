using System.Buffers.Binary;
using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>
/// Returns the same string for equal texts: ten thousand objects repeat the same namespaces, label names and reasons. It remembers only
/// some recent ones, and creates the others again. Thread-safe without a lock: at worst a string is created twice.
/// </summary>
public sealed class StringPool
{
    /// <summary>Longer texts are rarely equal.</summary>
    public const int MaxLength = 96;

    private const int Slots = 1024;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>For everything that is kept for as long as an environment exists, whoever has sent it.</summary>
    public static StringPool Shared { get; } = new();

    /// <summary>The text, or an equal one that is already known.</summary>
    public string Get(string text)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length) && length == text.Length ? Get(utf8[..length]) : text;
    }

    /// <summary>The text as a string.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);

        // Only ASCII can be compared byte by character, so only ASCII is ever found.
        ref var slot = ref _slots[Hash(utf8) % Slots];
        var known = Volatile.Read(ref slot);
        if (known is not null && Ascii.Equals(utf8, known))
            return known;
        var text = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref slot, text);
        return text;
    }

    // FNV-1a, eight bytes at a time; anyone who can write labels can cause collisions, but only gains strings that are created again.
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Basis = 14695981039346656037;
        const ulong Prime = 1099511628211;
        var hash = Basis;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * Prime;
        foreach (var unit in utf8)
            hash = (hash ^ unit) * Prime;
        return (uint)(hash ^ (hash >> 32)) ^ (uint)(hash >> 17);
    }
}
