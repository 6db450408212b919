using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>MFA as users of the AWS CLI set it up and use it: a picture for the phone, two codes, and sessions that a code was given for.</summary>
public sealed class AwsCliMfa(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_device_is_made_enabled_and_used_and_taken_away(string generation)
    {
        var admin = world.Aws(generation, world.Administrator);
        var name = world.Unique("alice");
        var (arn, alice) = await admin.CreateUserAsync(name);
        var file = Path.Combine(world.Folder("seed"), "seed.txt");
        var made = await admin.JsonAsync($"iam create-virtual-mfa-device --virtual-mfa-device-name {name} --bootstrap-method Base32StringSeed --outfile {file}");
        var serial = made.GetProperty("VirtualMFADevice").GetProperty("SerialNumber").GetString()!;
        Assert.Equal($"arn:aws:iam::{DaypassServer.Account}:mfa/{name}", serial);
        Assert.False(made.GetProperty("VirtualMFADevice").TryGetProperty("Base32StringSeed", out _), "The CLI writes it to the file and nowhere else.");
        var phone = new Authenticator(await File.ReadAllTextAsync(file));
        Assert.Contains("InvalidAuthenticationCode", await admin.RefusalAsync($"iam enable-mfa-device --user-name {name} --serial-number {serial} --authentication-code1 {phone.Code()} --authentication-code2 {phone.Code()}"));
        await admin.JsonAsync($"iam enable-mfa-device --user-name {name} --serial-number {serial} --authentication-code1 {phone.Code(-2)} --authentication-code2 {phone.Code(-1)}");
        Assert.Equal(serial, (await admin.JsonAsync($"iam list-mfa-devices --user-name {name}")).GetProperty("MFADevices")[0].GetProperty("SerialNumber").GetString());

        await admin.JsonAsync($"iam tag-mfa-device --serial-number {serial} --tags Key=team,Value=red Key=place,Value=home");
        await admin.JsonAsync($"iam untag-mfa-device --serial-number {serial} --tag-keys place");
        var tag = Assert.Single((await admin.JsonAsync($"iam list-mfa-device-tags --serial-number {serial}")).GetProperty("Tags").EnumerateArray());
        Assert.Equal("red", tag.GetProperty("Value").GetString());

        await world.AdministerAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "mfa"), ("PolicyDocument", Documents.Allow("iam:ListUsers", "*")));
        var code = phone.Code();
        var session = await alice.JsonAsync($"sts get-session-token --serial-number {serial} --token-code {code}");
        var withMfa = world.Aws(generation, Keys.From(session.GetProperty("Credentials")));
        Assert.Equal(arn, (await withMfa.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString());
        await withMfa.JsonAsync("iam list-users");
        Assert.Contains("MultiFactorAuthentication failed with invalid MFA one time pass code.", await alice.RefusalAsync($"sts get-session-token --serial-number {serial} --token-code {code}"));
        await admin.JsonAsync($"iam resync-mfa-device --user-name {name} --serial-number {serial} --authentication-code1 {phone.Code(1)} --authentication-code2 {phone.Code(2)}");

        await admin.JsonAsync($"iam deactivate-mfa-device --user-name {name} --serial-number {serial}");
        await admin.JsonAsync($"iam delete-virtual-mfa-device --serial-number {serial}");
        Assert.DoesNotContain(serial, (await admin.RunAsync("iam list-virtual-mfa-devices")).Output);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Zbar), EachGeneration(Tool.AwsCli)]
    public async Task The_picture_is_a_QR_code_that_other_peoples_readers_read(string generation)
    {
        var admin = world.Aws(generation, world.Administrator);
        foreach (var name in (string[])[world.Unique("a"), world.Unique("phone+of=alice,@home.-_"), world.Unique("").PadLeft(226, 'n')])
        {
            var folder = world.Folder("picture");
            var file = Path.Combine(folder, "code.png");
            await admin.JsonAsync($"iam create-virtual-mfa-device --virtual-mfa-device-name {name} --bootstrap-method QRCodePNG --outfile {file}");
            var read = await External.RunAsync(Tool.Program(Tool.Zbar, Tool.GenerationsOf(Tool.Zbar).First()), ["--raw", "-q", file], new Dictionary<string, string>(), folder);
            Assert.StartsWith($"otpauth://totp/Daypass:{Uri.EscapeDataString($"{name}@{DaypassServer.Account}")}?secret=", read.Output);
            Assert.EndsWith("&issuer=Daypass", read.Output);
        }
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_profile_with_mfa_serial_asks_for_the_code_and_takes_the_role(string generation)
    {
        var name = world.Unique("bob");
        var (arn, keys) = await world.CreateUserAsync(name);
        var made = (await world.Server.Administrator.IamAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", name))).Result.GetProperty("VirtualMFADevice");
        var serial = made.GetProperty("SerialNumber").GetString()!;
        var phone = new Authenticator(System.Text.Encoding.ASCII.GetString(made.GetProperty("Base32StringSeed").GetBytesFromBase64()));
        await world.AdministerAsync("EnableMFADevice", ("UserName", name), ("SerialNumber", serial), ("AuthenticationCode1", phone.Code(-2)), ("AuthenticationCode2", phone.Code(-1)));
        var trust = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new { Effect = "Allow", Principal = new { AWS = arn }, Action = "sts:AssumeRole", Condition = new { Bool = new Dictionary<string, string> { ["aws:MultiFactorAuthPresent"] = "true" } } },
        });
        var role = await world.CreateRoleAsync(name, trust, Documents.Allow("iam:ListUsers", "*"));
        var bob = world.Aws(generation, keys);
        Assert.Contains("AccessDenied", await bob.RefusalAsync($"sts assume-role --role-arn {role} --role-session-name session"));

        var home = world.Folder("home");
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        await File.WriteAllTextAsync(Path.Combine(home, ".aws/config"), $"[profile guarded]\nrole_arn = {role}\ncredential_source = Environment\nmfa_serial = {serial}\nregion = us-east-1\n");
        var program = Tool.Program(Tool.AwsCli, generation);
        var environment = keys.ToEnvironment();
        environment["AWS_ENDPOINT_URL"] = world.Server.Endpoint.ToString();
        if (!await AsksAtAsync(program, environment, home))
            return;
        // Without a terminal of its own it reads the code from its input.
        var finished = await External.RunAsync("/usr/bin/setsid", ["-w", program, "--profile", "guarded", "--output", "json", "sts", "get-caller-identity"], environment, home, phone.Code());
        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.Contains($"assumed-role/{name}/", finished.Output);
    }

    // Older ones (before 1.29 and 2.13) take roles of profiles at AWS, wherever their commands go.
    private static async Task<bool> AsksAtAsync(string program, IReadOnlyDictionary<string, string> environment, string home)
    {
        var version = (await External.RunAsync(program, ["--version"], environment, home)).Output.Split(' ')[0].Split('/')[1].Split('.').Select(int.Parse).ToArray();
        return version is [1, >= 29, ..] or [2, >= 13, ..];
    }
}
