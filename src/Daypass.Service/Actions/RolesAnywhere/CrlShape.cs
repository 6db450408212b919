using Daypass.Names;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>A revocation list as the API shows it. A blob is Base64 in JSON.</summary>
internal sealed record CrlShape(Crl Crl, AccountId Account) : IShape
{
    public static AnywhereDetail Of(Crl crl, Scene scene) => new("crl", new CrlShape(crl, scene.Home.Account));

    public void Write(ShapeWriter writer)
    {
        writer.Text("crlId", Crl.Id);
        writer.Text("crlArn", Crl.ArnIn(Account).ToString());
        writer.Text("name", Crl.Name);
        writer.Flag("enabled", Crl.IsEnabled);
        writer.Text("crlData", Crl.Data);
        writer.Text("trustAnchorArn", AnywhereKinds.TrustAnchors.ArnOf(Account, Crl.TrustAnchor).ToString());
        writer.Time("createdAt", Crl.Created);
        writer.Time("updatedAt", Crl.Updated);
    }
}
