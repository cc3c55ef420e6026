// The Android library: the same Kotlin sources as the jar, the native library for four ABIs.
// build.sh builds the native libraries and the generated sources first.
plugins {
    id("com.android.library") version "8.13.0"
    kotlin("android") version "2.4.0"
    kotlin("plugin.serialization") version "2.4.0"
    `maven-publish`
}

group = "org.adjudica"

version = "0.1.0"

android {
    namespace = "org.adjudica"
    compileSdk = 36

    defaultConfig {
        // java.time and java.nio.file without desugaring.
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64", "x86") }
    }

    sourceSets["main"].apply {
        kotlin.srcDirs("../../src/main/kotlin", "../../target/generated-sources/adjudica")
        jniLibs.srcDirs("src/main/jniLibs")
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    packaging { jniLibs.useLegacyPackaging = false }

    publishing { singleVariant("release") { withSourcesJar() } }
}

kotlin { compilerOptions { jvmTarget = org.jetbrains.kotlin.gradle.dsl.JvmTarget.JVM_17 } }

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
    api("org.jetbrains.kotlinx:kotlinx-serialization-json:1.9.0")
    // The AAR carries JNA's own native libraries, aligned to 16 KB pages from 5.17 on.
    implementation("net.java.dev.jna:jna:5.17.0@aar")
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "adjudica-android"
            afterEvaluate { from(components["release"]) }
        }
    }
}
