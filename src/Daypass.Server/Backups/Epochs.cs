using System.Security.Cryptography;

namespace Daypass.Server.Backups;

/// <summary>Epochs that no store had before.</summary>
internal static class Epochs
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
