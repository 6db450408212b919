namespace Daypass.Cli.Trails;

/// <summary>Where a trail is exported to.</summary>
internal interface ITrailTarget
{
    /// <summary>Whether a file is there already.</summary>
    Task<bool> HasAsync(string name, CancellationToken cancellationToken);

    /// <summary>The signature of a digest that is there already; null when it is not.</summary>
    Task<string?> SignatureOfAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a file, whole or not at all; with a signature, if it is a digest.</summary>
    Task WriteAsync(string name, byte[] content, string? signature, CancellationToken cancellationToken);
}
