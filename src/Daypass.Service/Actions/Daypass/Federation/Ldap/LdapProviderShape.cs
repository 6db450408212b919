using Daypass.Names;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>A provider as it is shown: all but the password.</summary>
internal sealed record LdapProviderShape(AccountId Account, LdapProvider Provider) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Arn", Provider.ArnIn(Account).ToString());
        writer.Text("Name", Provider.Name);
        writer.Time("CreateDate", Provider.Created);
        writer.Text("Url", Provider.Url);
        writer.Text("Encryption", Provider.Encryption.ToString());
        writer.Text("CertificateAuthorities", Provider.CertificateAuthorities);
        writer.Text("BindDn", Provider.BindDn);
        writer.Text("UserBase", Provider.UserBase);
        writer.Text("UserFilter", Provider.UserFilter);
        writer.Text("GroupBase", Provider.GroupBase);
        writer.Text("GroupFilter", Provider.GroupFilter);
        writer.Text("GroupSearch", Provider.GroupSearch.ToString());
        writer.Flag("SetsSourceIdentity", Provider.SetsSourceIdentity);
        writer.List("Mappings", [.. Provider.Mappings.Select(mapping => new MappingShape(mapping))]);
    }

    private sealed record MappingShape(RoleMapping Mapping) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("GroupDn", Mapping.GroupDn);
            writer.Text("RoleArn", Mapping.RoleArn);
        }
    }
}
