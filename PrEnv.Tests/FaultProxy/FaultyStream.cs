using Microsoft.AspNetCore.Http;

namespace PrEnv.Tests.FaultProxy;

/// <summary>Carries one body to the client and does to it what a <see cref="FaultPlan"/> says.</summary>
/// <param name="context">The client's request.</param>
/// <param name="plan">What happens.</param>
/// <param name="isWatch">Is it a sequence of lines, or one document?</param>
internal sealed class FaultyStream(HttpContext context, FaultPlan plan, bool isWatch)
{
    private const int MostPieces = 64;

    // A list is as long as all objects together: faults as dense as among events would let none through.
    private const int ListScale = 1_000;

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(30);

    private static readonly byte[] Expired = [..
        """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old","reason":"Expired","code":410}}"""u8,
        (byte)'\n'];

    private Fault? _fault;
    private int _left;
    private bool _ends;

    /// <summary>Copies to the end, or to what a fault makes of it.</summary>
    public async Task CopyAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var units = new BodyUnits(body, isWatch);
        try
        {
            Next();
            while (await units.NextAsync(cancellationToken) is { } unit)
            {
                if (!await PassAsync(unit, units, cancellationToken))
                    return;
            }
        }
        finally
        {
            if (_fault is { } unused)
                plan.GiveBack(unused);
        }
    }

    private void Next()
    {
        _fault = plan.Take(fault => !fault.IsRefusal && (isWatch || !fault.NeedsLines));
        _left = _fault is null ? 0 : _fault.AfterBytes * (isWatch ? 1 : ListScale);
        // Only refusals are left, and only a new request can be refused.
        _ends = isWatch && _fault is null && plan.Left > 0;
    }

    /// <summary>False when the answer is over.</summary>
    private async Task<bool> PassAsync(byte[] unit, BodyUnits units, CancellationToken cancellationToken)
    {
        if (_fault is not { } fault || _left > unit.Length)
        {
            _left -= _fault is null ? 0 : unit.Length;
            await SendAsync(unit, cancellationToken);
            return !_ends;
        }

        _fault = null;
        plan.Done(fault);
        var goesOn = await StrikeAsync(fault.Kind, unit, _left, units, cancellationToken);
        if (goesOn)
            Next();
        return goesOn;
    }

    private async Task<bool> StrikeAsync(FaultKind kind, byte[] unit, int at, BodyUnits units, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case FaultKind.Delay or FaultKind.Stall or FaultKind.Cut or FaultKind.End:
                await SendAsync(unit.AsMemory(0, at), cancellationToken);
                if (kind is FaultKind.Delay or FaultKind.Stall)
                    await Task.Delay(Silence, TimeProvider.System, cancellationToken);
                if (kind is FaultKind.Stall or FaultKind.Cut)
                    context.Abort();
                if (kind is FaultKind.Delay)
                    await SendAsync(unit.AsMemory(at), cancellationToken);
                return kind is FaultKind.Delay;
            case FaultKind.Split:
                await SendInPiecesAsync(unit, cancellationToken);
                return true;
            case FaultKind.DuplicateLine:
                await SendAsync((byte[])[.. unit, .. unit], cancellationToken);
                return true;
            case FaultKind.SwapLines:
                // When nothing follows soon there is nothing to swap.
                var following = await units.NextAsync(Silence, cancellationToken);
                await SendAsync((byte[])[.. following ?? [], .. unit], cancellationToken);
                return true;
            default:
                await SendAsync(Expired, cancellationToken);
                return false;
        }
    }

    private async Task SendInPiecesAsync(byte[] unit, CancellationToken cancellationToken)
    {
        var piece = Math.Max(1, unit.Length / MostPieces);
        for (var start = 0; start < unit.Length; start += piece)
            await SendAsync(unit.AsMemory(start, Math.Min(piece, unit.Length - start)), cancellationToken);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
