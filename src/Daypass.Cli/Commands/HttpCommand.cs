using Daypass.Cli.Arguments;
using Daypass.Cli.Http;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass http METHOD URL</c>: any request to any service that Daypass protects, signed.</summary>
internal sealed class HttpCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options =>
        [.. Connection.Options, new("service"), new("data"), new("header"), new("unsigned", OptionValues.None)];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals is not [var method, var address])
            throw new CommandException("Usage: daypass http METHOD URL [--service s3] [--data @file|text] [--header 'Name: value'] [--unsigned]");
        var connection = new Connection(host, line);
        var request = new OutgoingRequest(method.ToUpperInvariant(), Connection.ReadAddress(address), await ReadDataAsync(line.Value("data"), cancellationToken));
        if (line.Value("header") is { } header)
            AddHeader(header, request);
        var key = line.Has("unsigned") ? null : connection.Credentials.Find();
        using var sender = new SignedSender(key, connection.Region, host.Clock);
        using var response = await sender.SendAsync(request, line.Value("service") ?? "s3", cancellationToken);
        return await PrintAsync(response, cancellationToken);
    }

    private async Task<int> PrintAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            await host.Error.WriteLineAsync($"HTTP {(int)response.StatusCode} {response.ReasonPhrase}");
        await response.Content.CopyToAsync(host.Output, cancellationToken);
        return response.IsSuccessStatusCode ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task<byte[]> ReadDataAsync(string? data, CancellationToken cancellationToken)
    {
        if (data is null)
            return [];
        if (data is not ['@', .. var path])
            return System.Text.Encoding.UTF8.GetBytes(data);
        try
        {
            return await File.ReadAllBytesAsync(host.FullPath(path), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--data: the file '{path}' cannot be read: {exception.Message}");
        }
    }

    private static void AddHeader(string header, OutgoingRequest request)
    {
        var colon = header.IndexOf(':');
        if (colon <= 0)
            throw new CommandException($"--header takes 'Name: value', not '{header}'.");
        request.Headers[header[..colon].Trim()] = header[(colon + 1)..].Trim();
    }
}
