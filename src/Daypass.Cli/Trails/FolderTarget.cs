namespace Daypass.Cli.Trails;

/// <summary>Exports to a folder.</summary>
internal sealed class FolderTarget(string folder) : ITrailTarget
{
    public Task<bool> HasAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    public async Task<string?> SignatureOfAsync(string name, CancellationToken cancellationToken) =>
        File.Exists(PathOf(name)) && File.Exists(PathOf(name) + FolderTrail.SignatureSuffix)
            ? (await File.ReadAllTextAsync(PathOf(name) + FolderTrail.SignatureSuffix, cancellationToken)).Trim()
            : null;

    // The digest last: a signature without its digest is written again, a digest is there with its signature.
    public async Task WriteAsync(string name, byte[] content, string? signature, CancellationToken cancellationToken)
    {
        if (signature is not null)
            await WriteAsync(PathOf(name) + FolderTrail.SignatureSuffix, System.Text.Encoding.ASCII.GetBytes(signature + "\n"), cancellationToken);
        await WriteAsync(PathOf(name), content, cancellationToken);
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path + ".partial", content, cancellationToken);
            File.Move(path + ".partial", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"'{path}' cannot be written: {exception.Message}");
        }
    }

    // The names come from the server.
    private string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw new CommandException($"The server named a file outside of the folder: {name}.");
    }
}
