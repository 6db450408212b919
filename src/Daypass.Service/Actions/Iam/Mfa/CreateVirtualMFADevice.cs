using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Mfa.QrCodes;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>A new virtual MFA device, assigned to nobody yet. Its seed is in this one answer and is otherwise only ever stored sealed.</summary>
internal sealed class CreateVirtualMFADevice : ApiAction<CreateVirtualMFADevice.Request, CreateVirtualMFADevice.Response>
{
    // RFC 4226, section 4, R6: as long as the hash is.
    private const int SeedBytes = 20;
    private const int LongestSerialNumber = 256;
    private const int PixelsPerModule = 5;

    internal sealed record Request(string Name, string Path, IReadOnlyList<Tag> Tags)
    {
        public Arn ArnIn(AccountId account) => Arn.Iam(account, MfaDevice.ResourceOf(Path, Name));
    }

    internal sealed record Response(NewDevice VirtualMFADevice) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("VirtualMFADevice", VirtualMFADevice);
    }

    internal sealed record NewDevice(string SerialNumber, byte[] Seed, byte[] Picture, IReadOnlyList<Tag> Tags) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("SerialNumber", SerialNumber);
            writer.Secret("Base32StringSeed", Convert.ToBase64String(Seed));
            writer.Secret("QRCodePNG", Convert.ToBase64String(Picture));
            writer.List("Tags", TagShape.ListOrNull(Tags));
        }
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("VirtualMFADeviceName", TextRules.MfaDeviceName),
        wire.Text("Path", TextRules.Path) ?? "/",
        TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateVirtualMFADevice", request.ArnIn(scene.Home.Account), []).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagMFADevice" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var serialNumber = request.ArnIn(scene.Home.Account).ToString();
        if (serialNumber.Length > LongestSerialNumber)
            throw Errors.InvalidInput($"The serial number {serialNumber} would be longer than {LongestSerialNumber} characters: shorten the path or the name.");
        if (scene.Home.FindMfaDevice(serialNumber) is not null)
            throw Errors.EntityAlreadyExists("MFADevice entity at the same path and name already exists.");
        Quotas.MfaDevices.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.MfaDevice));
        Span<byte> seed = stackalloc byte[SeedBytes];
        scene.Entropy.Fill(seed);
        var id = Identifiers.Uuid(scene.Entropy);
        var device = new MfaDevice
        {
            Id = id,
            Name = request.Name,
            Path = request.Path,
            Created = scene.NowInSeconds,
            SealedSeed = scene.Vault.SealSeed(seed, scene.Home.Account, id, scene.Entropy),
            Tags = request.Tags,
        };
        var text = Base32.Encode(seed);
        CryptographicOperations.ZeroMemory(seed);
        var picture = PngImage.Of(QrCode.Of(Encoding.ASCII.GetBytes(OtpAuth.UriOf(scene.Settings.Brand.ProductName, request.Name, scene.Home.Account, text))), PixelsPerModule);
        return new Outcome<Response>(
            new Response(new NewDevice(serialNumber, Encoding.ASCII.GetBytes(text), picture, request.Tags)),
            scene.Change().Put(DocumentKinds.MfaDevice, device).Guard(Guards.MfaDevices));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [MfaTarget.Resource(request.ArnIn(scene.Home.Account).ToString())];
}
