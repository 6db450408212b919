using System.ComponentModel;
using System.Diagnostics;
using Daypass.Cli.Processes;

namespace Daypass.Cli.Login;

/// <summary>Shows a page to whoever sits here. The address is always said as well: nobody knows whether a browser really opens.</summary>
internal sealed class Browser(Host host, bool isOpened)
{
    public async Task ShowAsync(Uri address)
    {
        var opens = isOpened && Open(address.AbsoluteUri);
        await host.Error.WriteLineAsync(opens ? $"The browser opens at {address.Host}. If it does not, go to this address with one on this machine:" : "Go to this address with a browser on this machine:");
        await host.Error.WriteLineAsync(address.AbsoluteUri);
    }

    private bool Open(string address) => Commands(address).Any(Start);

    // BROWSER is a list of commands, as xdg-open takes it; %s is where the address goes, else it is the last word. No shell has a part in it.
    private IEnumerable<string[]> Commands(string address)
    {
        foreach (var command in host.Variable("BROWSER")?.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return words.Contains("%s") ? [.. words.Select(word => word == "%s" ? address : word)] : [.. words, address];
        }
        yield return OperatingSystem.IsWindows() ? ["rundll32", "url.dll,FileProtocolHandler", address] : [OperatingSystem.IsMacOS() ? "open" : "xdg-open", address];
    }

    private bool Start(string[] words)
    {
        if (ProgramPath.Find(host, words[0]) is not { } program)
            return false;
        try
        {
            // What a browser says is not what this command says.
            var process = Process.Start(new ProcessStartInfo(program, words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
            process?.StandardInput.Close();
            process?.BeginOutputReadLine();
            process?.BeginErrorReadLine();
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
