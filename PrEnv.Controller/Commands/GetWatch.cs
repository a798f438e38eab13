using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary>
/// <c>prenv get --watch</c>: on a terminal a table that is kept up to date in place, elsewhere a line for each change. A server that goes
/// away is waited for.
/// </summary>
internal sealed class GetWatch(ClientSession session, bool allNamespaces, bool isWide) : IInformerHandler<PREphemeralEnvController>
{
    // A line that is wider than the terminal would become two, and the next frame would not lie over this one.
    private const string NoWrap = "\u001b[?7l";

    private const string Wrap = "\u001b[?7h";

    // Ages are to be right, too.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });

    // A server that has not failed again for so long, which is longer than any pause between two attempts, has been reached.
    private static readonly TimeSpan Lull = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, EnvironmentLine> _shown = new(StringComparer.Ordinal);
    private string _frame = "";
    private bool _hasHeader;
    private volatile bool _isOld = true;
    private List<EnvironmentLine> _lines = [];
    private string? _trouble;
    private volatile Failure? _failure;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var @namespace = allNamespaces ? null : session.Namespace;
        // What may not be read at all is said at once.
        await session.Resources.ListAsync(@namespace, cancellationToken);
        var time = session.Get<TimeProvider>();
        var informer = new SharedInformer<PREphemeralEnvController>(
            session.Get<ListWatchFactory>().Resources(@namespace),
            new ReflectorOptions { Name = PREphemeralEnvController.Plural, StartsCurrent = true, OnFailure = Failed }, time,
            NullLogger.Instance);
        informer.AddHandler(this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = informer.RunAsync(stop.Token);
        try
        {
            await informer.WaitForSyncAsync(cancellationToken);
            Task<bool>? news = null;
            while (true)
            {
                await ShowAsync(informer);
                // The same one is waited for until it has come: each would stay in the channel.
                news ??= _changes.Reader.WaitToReadAsync(cancellationToken).AsTask();
                if (await Task.WhenAny(news, Task.Delay(Tick, time, cancellationToken)) == news)
                {
                    news = null;
                    _changes.Reader.TryRead(out _);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_frame.Length > 0)
            {
                await session.Screen.Output.WriteAsync(Wrap);
                await session.Screen.Output.FlushAsync(CancellationToken.None);
            }
        }
    }

    public void OnAdded(PREphemeralEnvController item, bool isInInitialList) => Changed();

    public void OnUpdated(PREphemeralEnvController old, PREphemeralEnvController item) => Changed();

    public void OnDeleted(Tombstone<PREphemeralEnvController> tombstone) => Changed();

    private void Changed()
    {
        (_failure, _isOld) = (null, true);
        _changes.Writer.TryWrite(true);
    }

    private void Failed(ApiStatus status)
    {
        _failure = new Failure(status, session.Now);
        _changes.Writer.TryWrite(true);
    }

    private async Task ShowAsync(SharedInformer<PREphemeralEnvController> informer)
    {
        var trouble = _failure is { } failure && session.Now - failure.At < Lull
            ? $"{failure.Status.Message.TrimEnd('.')}; retrying."
            : null;
        if (_isOld)
        {
            _isOld = false;
            _lines =
            [
                .. informer.Store.List()
                    .OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal)
                    .SelectMany(r => EnvironmentLine.Of(r)),
            ];
            if (session.Screen.Size() is null)
                await AppendAsync(_lines);
        }

        if (session.Screen.Size() is { } size)
            await RedrawAsync(_lines, trouble, size);
        else if (trouble is not null && trouble != _trouble)
            await session.NoteAsync(trouble);
        _trouble = trouble;
    }

    // Written in one piece over what is there: nothing is cleared first, so that nothing flickers.
    private async Task RedrawAsync(List<EnvironmentLine> lines, string? trouble, TerminalSize size)
    {
        var screen = session.Screen;
        List<string> rows = [.. GetTable.Lines(lines, allNamespaces, isWide, session.Now, screen.Columns, screen.Style)];
        var room = Math.Max(2, size.Rows - 2);
        if (rows.Count > room)
            rows = [.. rows.Take(room - 1), screen.Style.Dim($"… and {rows.Count - room + 1} more")];
        if (trouble is not null)
            rows.Add(screen.Style.Bad(TerminalText.Clean(trouble, size.Columns)));
        var frame = new StringBuilder(_frame.Length == 0 ? NoWrap + "\u001b[2J\u001b[H" : "\u001b[H");
        foreach (var row in rows)
            frame.Append(row).Append("\u001b[K\n");
        var text = frame.Append("\u001b[J").ToString();
        if (text == _frame)
            return;
        _frame = text;
        await screen.Output.WriteAsync(text);
        await screen.Output.FlushAsync();
    }

    private async Task AppendAsync(List<EnvironmentLine> lines)
    {
        var screen = session.Screen;
        var fresh = lines.Where(IsNew).ToList();
        var keys = lines.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _shown.Keys.Where(key => !keys.Contains(key)).ToList())
        {
            _shown.Remove(gone);
            await screen.Output.WriteLineAsync($"{gone} is gone");
        }

        if (fresh.Count > 0)
        {
            var table = GetTable.Lines(fresh, allNamespaces, isWide, session.Now, null, screen.Style);
            foreach (var row in _hasHeader ? table.Skip(1) : table)
                await screen.Output.WriteLineAsync(row);
            _hasHeader = true;
        }

        await screen.Output.FlushAsync();
    }

    private bool IsNew(EnvironmentLine line)
    {
        var key = KeyOf(line);
        if (_shown.TryGetValue(key, out var before) && before == line)
            return false;
        _shown[key] = line;
        return true;
    }

    private static string KeyOf(EnvironmentLine line) => $"{line.Namespace}/{line.Resource} PR {line.PrNumber}";

    private sealed record Failure(ApiStatus Status, DateTimeOffset At);
}
