using Daypass.Names;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>A profile as the API shows it.</summary>
internal sealed record ProfileShape(AnywhereProfile Profile, AccountId Account) : IShape
{
    public static AnywhereDetail Of(AnywhereProfile profile, Scene scene) => new("profile", new ProfileShape(profile, scene.Home.Account));

    public void Write(ShapeWriter writer)
    {
        writer.Text("profileId", Profile.Id);
        writer.Text("profileArn", Profile.ArnIn(Account).ToString());
        writer.Text("name", Profile.Name);
        writer.Flag("requireInstanceProperties", Profile.RequiresInstanceProperties);
        writer.Flag("enabled", Profile.IsEnabled);
        writer.Text("createdBy", Profile.CreatedBy);
        writer.Text("sessionPolicy", Profile.SessionPolicy);
        writer.TextList("roleArns", Profile.Roles);
        writer.TextList("managedPolicyArns", Profile.ManagedPolicies);
        writer.Time("createdAt", Profile.Created);
        writer.Time("updatedAt", Profile.Updated);
        writer.Number("durationSeconds", Profile.Duration);
        writer.Flag("acceptRoleSessionName", Profile.AcceptsSessionName);
        writer.List("attributeMappings", Profile.Mappings.Select(mapping => new Mapping(mapping)));
    }

    private sealed record Mapping(AttributeMapping Of) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("certificateField", Of.Field);
            writer.List("mappingRules", Of.Specifiers.Select(specifier => new Rule(specifier)));
        }
    }

    private sealed record Rule(string Specifier) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("specifier", Specifier);
    }
}
