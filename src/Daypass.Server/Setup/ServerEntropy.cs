using System.Security.Cryptography;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Setup;

/// <summary>The operating system's generator.</summary>
internal sealed class ServerEntropy : IEntropy
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
