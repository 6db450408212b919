using Daypass.Service.Pipeline;
using Daypass.Service.Revocations;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>A revocation as responses show it.</summary>
internal sealed record RevocationShape(Revocation Revocation) : IShape
{
    private bool IsOfProvider => Revocation.Kind is nameof(RevocationKind.Provider) or nameof(RevocationKind.Subject);

    public void Write(ShapeWriter writer)
    {
        writer.Text("Kind", Revocation.Kind);
        writer.Text("AccessKeyId", Revocation.Kind is nameof(RevocationKind.Session) or nameof(RevocationKind.AccessKey) ? Revocation.Target : null);
        writer.Text("PrincipalArn", Revocation.PrincipalArn);
        writer.Text("PrincipalId", Revocation.PrincipalArn is null ? null : Revocation.Target);
        writer.Text("ProviderArn", IsOfProvider ? Revocation.Target.Split(' ', 2)[0] : null);
        writer.Text("Subject", Revocation.Kind == nameof(RevocationKind.Subject) ? Revocation.Target.Split(' ', 2)[1] : null);
        writer.Text("SourceIdentity", Revocation.Kind == nameof(RevocationKind.SourceIdentity) ? Revocation.Target : null);
        writer.Time("IssuedBefore", Revocation.IssuedBefore);
        writer.Time("RevokedAt", Revocation.RevokedAt);
        writer.Text("RevokedBy", Revocation.RevokedBy);
        writer.Text("Reason", Revocation.Reason);
    }
}
