using Daypass.Names;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>A managed policy as this cloud's clients see it, with the document of its default version: byte for byte, in whichever syntax.</summary>
internal sealed record PolicyView(ManagedPolicy Policy, string Arn, Scene Scene) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("PolicyName", Policy.Name);
        writer.Text("PolicyURN", Scene.UrnOf(Arn));
        writer.Text("Description", Policy.Description ?? "");
        writer.Text("ScopeType", ScopeTypeOf(Policy));
        writer.Document("Document", Policy.Default.Document);
        writer.Structure("Customize", new VersionOf(Policy.Default));
        writer.Time("CreatedAt", Policy.Created);
        writer.Time("UpdatedAt", Policy.Updated);
    }

    /// <summary>AWS's policies know no projects: those that its API made, and its own, may be bound either way.</summary>
    public static string ScopeTypeOf(ManagedPolicy policy) => policy.ScopeType ?? PolicyScopes.Unrestricted;

    /// <summary>Which version it is: this cloud says <c>V2</c> where AWS says <c>v2</c>.</summary>
    private sealed record VersionOf(PolicyVersion Version) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Version", Version.Id.ToUpperInvariant());
            writer.Text("VersionDescription", Version.Description ?? "");
        }
    }
}
