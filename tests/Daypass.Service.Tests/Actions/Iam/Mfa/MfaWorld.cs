using System.Text;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Mfa;

/// <summary>An account with the user alice, and devices whose codes a test can read as their owner does.</summary>
internal sealed class MfaWorld
{
    private readonly Dictionary<string, byte[]> _seeds = [];

    public MfaWorld() => Bench.Call("CreateUser", ("UserName", "alice"));

    public ActionBench Bench { get; } = new();

    public long Step => Totp.StepAt(Bench.Now);

    public static string SerialOf(string name) => $"arn:aws:iam::{ActionBench.HomeAccount}:mfa/{name}";

    /// <summary>A new device; its serial number.</summary>
    public string Create(string name, params (string, string)[] more)
    {
        var device = Bench.Call("CreateVirtualMFADevice", [("VirtualMFADeviceName", name), .. more])["VirtualMFADevice"]!;
        var serial = device["SerialNumber"]!.GetValue<string>();
        _seeds[serial] = Decode(Encoding.ASCII.GetString(Convert.FromBase64String(device["Base32StringSeed"]!.GetValue<string>())));
        return serial;
    }

    /// <summary>The code that a device shows so many steps from now.</summary>
    public string Code(string serial, int fromNow = 0) => Totp.CodeAt(_seeds[serial], Step + fromNow);

    /// <summary>A device, enabled for a user by the codes before the present one.</summary>
    public string Enabled(string name, string user = "alice")
    {
        var serial = Create(name);
        Bench.Call("EnableMFADevice", Pair(serial, -2, -1, user));
        return serial;
    }

    public (string, string)[] Pair(string serial, int first, int second, string user = "alice") =>
        [("UserName", user), ("SerialNumber", serial), ("AuthenticationCode1", Code(serial, first)), ("AuthenticationCode2", Code(serial, second))];

    public ApiError EnableRefusal(string serial, int first, int second, string user = "alice") => Bench.Refusal("EnableMFADevice", Pair(serial, first, second, user));

    public void Wait(int steps = 1) => Bench.Now += TimeSpan.FromSeconds(steps * Totp.StepSeconds);

    // RFC 4648, written from its table, not from the encoder.
    public static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
