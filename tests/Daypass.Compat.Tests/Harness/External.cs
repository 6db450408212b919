using System.Diagnostics;

namespace Daypass.Compat.Tests.Harness;

/// <summary>What a program of others said.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>Runs programs of others: with a time limit, and with no setting, key or home folder of whoever runs the tests.</summary>
internal static class External
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its words.</param>
    /// <param name="environment">All that it finds, beside a path and a home.</param>
    /// <param name="folder">Where it runs, and its home.</param>
    /// <param name="typed">A line for its input.</param>
    /// <param name="heard">Told each line of its errors when it says it.</param>
    /// <param name="givenUp">Ends it, when nobody waits for it any more.</param>
    public static async Task<Finished> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, string? typed = null, Action<string>? heard = null, CancellationToken givenUp = default)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        if (typed is not null)
            await process.StandardInput.WriteLineAsync(typed);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = ReadAsync(process.StandardError, heard);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(givenUp);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            if (givenUp.IsCancellationRequested)
                return new Finished(process.ExitCode, await output, await errors);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} seconds.\n{await output}\n{await errors}");
        }
        return new Finished(process.ExitCode, (await output).Trim(), (await errors).Trim());
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? heard)
    {
        if (heard is null)
            return await reader.ReadToEndAsync();
        var text = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            heard(line);
        }
        return text.ToString();
    }
}
