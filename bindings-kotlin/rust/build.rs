//! Android loads 64-bit libraries in pages of 16 KB; NDKs before release 28 link for 4 KB.

fn main() {
    println!("cargo::rerun-if-changed=rust/build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("android") {
        println!("cargo::rustc-link-arg-cdylib=-Wl,-z,max-page-size=16384");
    }
}
